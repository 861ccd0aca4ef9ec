//! Pictures: an outline on a soft ground, drawn from a few numbers.

use std::sync::{Arc, Mutex, PoisonError};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder as _};

use crate::shop::Shape;

/// Width and height, pixels.
const SIDE: u32 = 240;

/// Whether the point, both from -1 to 1 with y downwards, lies in the outline.
fn inside(shape: Shape, x: f32, y: f32) -> bool {
    let block =
        |left: f32, top: f32, right: f32, bottom: f32| x >= left && x <= right && y >= top && y <= bottom;
    let oval = |cx: f32, cy: f32, rx: f32, ry: f32| {
        let (dx, dy) = ((x - cx) / rx, (y - cy) / ry);
        dx * dx + dy * dy <= 1.0
    };
    match shape {
        Shape::Bottle => {
            block(-0.12, -0.75, 0.12, -0.3) || oval(0.0, -0.2, 0.34, 0.25) || block(-0.34, -0.2, 0.34, 0.7)
        }
        Shape::Bowl => (y > -0.1 && oval(0.0, -0.1, 0.7, 0.65)) || block(-0.25, 0.5, 0.25, 0.62),
        Shape::Box => block(-0.55, -0.25, 0.55, 0.55) || (y < -0.3 && y > -0.5 && x.abs() < 0.62),
        Shape::Cloth => {
            block(-0.4, -0.5, 0.4, 0.65)
                || (y > -0.5 && y < 0.05 && x.abs() < 0.78 && x.abs() > 0.35 && y < 0.9 - x.abs())
        }
        Shape::Lamp => {
            (y < -0.05 && y > -0.7 && x.abs() < 0.2 + (y + 0.7) * 0.55)
                || block(-0.04, -0.05, 0.04, 0.55)
                || block(-0.28, 0.55, 0.28, 0.64)
        }
        Shape::Leaf => {
            oval(-0.28, 0.0, 0.62, 0.75) && oval(0.28, 0.0, 0.62, 0.75) || block(-0.025, 0.3, 0.025, 0.85)
        }
        Shape::Stool => {
            oval(0.0, -0.3, 0.55, 0.13)
                || (y > -0.3
                    && y < 0.7
                    && ((x.abs() - 0.3 - y * 0.15).abs() < 0.05 || (y - 0.2).abs() < 0.04 && x.abs() < 0.33))
        }
        Shape::Tool => block(-0.07, -0.1, 0.07, 0.8) || (oval(0.0, -0.4, 0.3, 0.38) && x > -0.22),
    }
}

/// What a pixel belongs to.
#[derive(Clone, Copy)]
enum Layer {
    Ground,
    Shadow,
    /// The side that the light falls on.
    Light,
    Thing,
}

/// The layers of an outline's picture, row by row: made once for each outline, as there are many pictures of each.
fn layers(shape: Shape) -> Arc<[Layer]> {
    static KNOWN: Mutex<Vec<(Shape, Arc<[Layer]>)>> = Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, layers)) = known.iter().find(|(of, _)| *of == shape) {
        return layers.clone();
    }
    #[expect(clippy::cast_precision_loss, reason = "pixels are few")]
    let place = |pixel: u32| (pixel as f32 + 0.5) / SIDE as f32 * 2.0 - 1.0;
    let layer = |pixel: u32| {
        let (x, y) = (place(pixel % SIDE), place(pixel / SIDE));
        match (inside(shape, x, y), inside(shape, x - 0.06, y - 0.06)) {
            (true, _) if x < -0.05 => Layer::Light,
            (true, _) => Layer::Thing,
            (false, true) => Layer::Shadow,
            (false, false) => Layer::Ground,
        }
    };
    let layers: Arc<[Layer]> = (0..SIDE * SIDE).map(layer).collect();
    known.push((shape, layers.clone()));
    layers
}

/// A PNG of the outline in a colour. `seed` shifts the ground a little, so that neighbours differ.
pub(crate) fn draw(shape: Shape, colour: [u8; 3], seed: u32) -> Vec<u8> {
    let tint = |channel: usize| {
        let shift = (seed.wrapping_mul(2_654_435_761) >> (8 * channel)) & 15;
        238_u8.saturating_sub(u8::try_from(shift).unwrap_or_default())
    };
    let ground = [tint(0), tint(1), tint(2)];
    let shadow = ground.map(|channel| channel.saturating_sub(30));
    let light = colour.map(|channel| channel.saturating_add(12));
    let layers = layers(shape);
    let mut pixels = Vec::with_capacity(layers.len() * 3);
    for layer in layers.iter() {
        pixels.extend_from_slice(match layer {
            Layer::Ground => &ground,
            Layer::Shadow => &shadow,
            Layer::Light => &light,
            Layer::Thing => &colour,
        });
    }
    let mut bytes = Vec::new();
    // Each row is nearly the one above it.
    let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Fast, FilterType::Up);
    // Writing into memory fails for a picture of impossible size only; a product without a picture is fine too.
    match encoder.write_image(&pixels, SIDE, SIDE, ExtendedColorType::Rgb8) {
        Ok(()) => bytes,
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_small_pngs_that_differ() {
        let first = draw(Shape::Lamp, [10, 20, 30], 1);
        assert!(first.starts_with(b"\x89PNG"));
        assert!(first.len() < 20_000, "{} bytes", first.len());
        assert_ne!(first, draw(Shape::Lamp, [10, 20, 30], 2));
        assert_ne!(first, draw(Shape::Bowl, [10, 20, 30], 1));
    }
}
