//! What the shop sells.

/// The outline of a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    Bottle,
    Bowl,
    Box,
    Cloth,
    Lamp,
    Leaf,
    Stool,
    Tool,
}

/// How the products of a shelf are sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// One by one.
    Simple,
    /// In colours and sizes.
    Configurable,
    /// As a service.
    Virtual,
    /// As a file.
    Downloadable,
}

/// A category with products.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Shelf {
    /// Its name.
    pub(crate) name: &'static str,
    /// What stands there.
    pub(crate) things: [&'static str; 5],
    /// What it is made of, or about.
    pub(crate) materials: [&'static str; 4],
    /// Least price, whole dollars.
    pub(crate) from: i64,
    pub(crate) shape: Shape,
    pub(crate) kind: Kind,
}

/// A category of shelves.
pub(crate) struct Department {
    pub(crate) name: &'static str,
    pub(crate) text: &'static str,
    pub(crate) shelves: [Shelf; 4],
}

const fn shelf(
    name: &'static str,
    things: [&'static str; 5],
    materials: [&'static str; 4],
    from: i64,
    shape: Shape,
    kind: Kind,
) -> Shelf {
    Shelf {
        name,
        things,
        materials,
        from,
        shape,
        kind,
    }
}

use Kind::{Configurable, Downloadable, Simple, Virtual};

/// The colours of configurable products: name, and red, green, blue.
pub(crate) const COLOURS: [(&str, [u8; 3]); 6] = [
    ("Moss", [94, 121, 76]),
    ("Rust", [173, 84, 48]),
    ("Slate", [86, 99, 112]),
    ("Sand", [205, 180, 140]),
    ("Plum", [112, 62, 96]),
    ("Ink", [38, 52, 84]),
];

/// The sizes of configurable products.
pub(crate) const SIZES: [&str; 4] = ["Small", "Medium", "Large", "Extra Large"];

pub(crate) const DEPARTMENTS: [Department; 8] = [
    Department {
        name: "Kitchen",
        text: "Tools for people who cook every day.",
        shelves: [
            shelf(
                "Cookware",
                ["Saucepan", "Casserole", "Skillet", "Stockpot", "Wok"],
                ["Cast Iron", "Copper", "Steel", "Enamel"],
                39,
                Shape::Bowl,
                Simple,
            ),
            shelf(
                "Knives",
                [
                    "Paring Knife",
                    "Bread Knife",
                    "Cleaver",
                    "Carving Knife",
                    "Peeler",
                ],
                ["Oak", "Walnut", "Ash", "Cork"],
                18,
                Shape::Tool,
                Simple,
            ),
            shelf(
                "Tableware",
                ["Dinner Plate", "Soup Bowl", "Mug", "Pitcher", "Serving Dish"],
                ["Stoneware", "Porcelain", "Glass", "Enamel"],
                9,
                Shape::Bowl,
                Simple,
            ),
            shelf(
                "Storage Jars",
                ["Spice Jar", "Flour Jar", "Oil Bottle", "Tea Caddy", "Bread Bin"],
                ["Glass", "Tin", "Bamboo", "Stoneware"],
                7,
                Shape::Bottle,
                Simple,
            ),
        ],
    },
    Department {
        name: "Living",
        text: "Furniture and light that stay when fashions go.",
        shelves: [
            shelf(
                "Lamps",
                ["Desk Lamp", "Floor Lamp", "Pendant", "Wall Lamp", "Lantern"],
                ["Brass", "Linen", "Paper", "Steel"],
                45,
                Shape::Lamp,
                Simple,
            ),
            shelf(
                "Seating",
                ["Stool", "Armchair", "Bench", "Rocking Chair", "Footrest"],
                ["Oak", "Beech", "Rattan", "Leather"],
                89,
                Shape::Stool,
                Simple,
            ),
            shelf(
                "Blankets",
                ["Throw", "Picnic Blanket", "Quilt", "Bedspread", "Shawl"],
                ["Wool", "Cotton", "Linen", "Alpaca"],
                49,
                Shape::Cloth,
                Configurable,
            ),
            shelf(
                "Baskets",
                [
                    "Laundry Basket",
                    "Log Basket",
                    "Bread Basket",
                    "Toy Basket",
                    "Tote",
                ],
                ["Willow", "Seagrass", "Felt", "Jute"],
                24,
                Shape::Box,
                Simple,
            ),
        ],
    },
    Department {
        name: "Garden",
        text: "For beds, balconies and the shed.",
        shelves: [
            shelf(
                "Hand Tools",
                ["Trowel", "Secateurs", "Dibber", "Hand Fork", "Hoe"],
                ["Ash", "Steel", "Copper", "Bronze"],
                14,
                Shape::Tool,
                Simple,
            ),
            shelf(
                "Planters",
                [
                    "Flower Pot",
                    "Window Box",
                    "Hanging Basket",
                    "Trough",
                    "Seed Tray",
                ],
                ["Terracotta", "Zinc", "Cedar", "Fibre"],
                8,
                Shape::Bowl,
                Simple,
            ),
            shelf(
                "Seeds",
                [
                    "Tomato Seeds",
                    "Bean Seeds",
                    "Poppy Seeds",
                    "Salad Seeds",
                    "Sunflower Seeds",
                ],
                ["Heirloom", "Early", "Late", "Dwarf"],
                2,
                Shape::Leaf,
                Simple,
            ),
            shelf(
                "Watering",
                ["Watering Can", "Rain Gauge", "Mister", "Hose Reel", "Water Butt"],
                ["Zinc", "Brass", "Glass", "Enamel"],
                12,
                Shape::Bottle,
                Simple,
            ),
        ],
    },
    Department {
        name: "Clothing",
        text: "Work clothes, rain clothes, Sunday clothes.",
        shelves: [
            shelf(
                "Shirts",
                ["Work Shirt", "Flannel Shirt", "Smock", "Polo Shirt", "Tunic"],
                ["Cotton", "Linen", "Hemp", "Twill"],
                39,
                Shape::Cloth,
                Configurable,
            ),
            shelf(
                "Knitwear",
                ["Jumper", "Cardigan", "Vest", "Fisherman Sweater", "Polo Neck"],
                ["Merino", "Lambswool", "Alpaca", "Cotton"],
                59,
                Shape::Cloth,
                Configurable,
            ),
            shelf(
                "Jackets",
                ["Chore Jacket", "Raincoat", "Parka", "Gilet", "Duffle Coat"],
                ["Canvas", "Waxed Cotton", "Wool", "Denim"],
                99,
                Shape::Cloth,
                Configurable,
            ),
            shelf(
                "Socks and Hats",
                ["Crew Socks", "Beanie", "Walking Socks", "Cap", "Mittens"],
                ["Wool", "Cotton", "Fleece", "Cashmere"],
                9,
                Shape::Cloth,
                Configurable,
            ),
        ],
    },
    Department {
        name: "Outdoor",
        text: "Nights under the sky, and the way there.",
        shelves: [
            shelf(
                "Camping",
                [
                    "Tent Peg Set",
                    "Camp Stove",
                    "Lantern Hook",
                    "Ground Sheet",
                    "Folding Table",
                ],
                ["Steel", "Titanium", "Canvas", "Aluminium"],
                12,
                Shape::Box,
                Simple,
            ),
            shelf(
                "Bags",
                ["Day Pack", "Duffel", "Belt Bag", "Bicycle Bag", "Dry Sack"],
                ["Canvas", "Waxed Cotton", "Recycled Nylon", "Leather"],
                34,
                Shape::Box,
                Simple,
            ),
            shelf(
                "Flasks",
                ["Flask", "Water Bottle", "Food Jar", "Cup", "Hip Flask"],
                ["Steel", "Glass", "Titanium", "Enamel"],
                15,
                Shape::Bottle,
                Simple,
            ),
            shelf(
                "Fire",
                ["Axe", "Fire Bowl", "Poker", "Bellows", "Match Tin"],
                ["Ash", "Cast Iron", "Brass", "Oak"],
                11,
                Shape::Tool,
                Simple,
            ),
        ],
    },
    Department {
        name: "Workshop",
        text: "Sharp, square and mendable.",
        shelves: [
            shelf(
                "Woodworking",
                ["Chisel", "Plane", "Mallet", "Marking Gauge", "Spokeshave"],
                ["Beech", "Steel", "Bronze", "Walnut"],
                22,
                Shape::Tool,
                Simple,
            ),
            shelf(
                "Measuring",
                ["Folding Rule", "Square", "Level", "Caliper", "Plumb Bob"],
                ["Brass", "Steel", "Boxwood", "Aluminium"],
                13,
                Shape::Tool,
                Simple,
            ),
            shelf(
                "Finishes",
                ["Wax", "Oil", "Shellac", "Milk Paint", "Soap"],
                ["Linseed", "Tung", "Beeswax", "Walnut"],
                8,
                Shape::Bottle,
                Simple,
            ),
            shelf(
                "Tool Storage",
                ["Tool Chest", "Tool Roll", "Saw Till", "Nail Box", "Bit Case"],
                ["Pine", "Canvas", "Leather", "Steel"],
                29,
                Shape::Box,
                Simple,
            ),
        ],
    },
    Department {
        name: "Paper",
        text: "For writing, drawing and remembering.",
        shelves: [
            shelf(
                "Notebooks",
                ["Notebook", "Sketchbook", "Diary", "Field Book", "Ledger"],
                ["Ruled", "Dotted", "Plain", "Squared"],
                6,
                Shape::Box,
                Simple,
            ),
            shelf(
                "Pens",
                [
                    "Fountain Pen",
                    "Pencil Set",
                    "Brush Pen",
                    "Rollerball",
                    "Chalk Box",
                ],
                ["Cedar", "Brass", "Resin", "Walnut"],
                4,
                Shape::Tool,
                Simple,
            ),
            shelf(
                "Cards",
                [
                    "Postcard Set",
                    "Birthday Card",
                    "Map",
                    "Wall Calendar",
                    "Bookmark",
                ],
                ["Letterpress", "Linocut", "Recycled", "Cotton"],
                3,
                Shape::Leaf,
                Simple,
            ),
            shelf(
                "Desk",
                ["Letter Tray", "Paperweight", "Book End", "Pen Cup", "Desk Pad"],
                ["Oak", "Marble", "Cork", "Leather"],
                16,
                Shape::Box,
                Simple,
            ),
        ],
    },
    Department {
        name: "Know-how",
        text: "Courses, repairs and plans.",
        shelves: [
            shelf(
                "Courses",
                [
                    "Workshop Day",
                    "Evening Class",
                    "Taster Session",
                    "Private Lesson",
                    "Weekend Course",
                ],
                ["Knife Sharpening", "Spoon Carving", "Bread Baking", "Bookbinding"],
                25,
                Shape::Leaf,
                Virtual,
            ),
            shelf(
                "Repairs",
                ["Repair", "Inspection", "Refit", "Engraving", "Sharpening"],
                ["Lamp", "Chair", "Jacket", "Axe"],
                10,
                Shape::Tool,
                Virtual,
            ),
            shelf(
                "Plans",
                [
                    "Building Plan",
                    "Cutting List",
                    "Pattern",
                    "Drawing Set",
                    "Template",
                ],
                ["Workbench", "Bookcase", "Raised Bed", "Rain Jacket"],
                5,
                Shape::Leaf,
                Downloadable,
            ),
            shelf(
                "Guides",
                ["Guide", "Handbook", "Checklist", "Almanac", "Recipe Collection"],
                ["Garden", "Kitchen", "Camping", "Mending"],
                4,
                Shape::Leaf,
                Downloadable,
            ),
        ],
    },
];
