#!/usr/bin/env python3
"""Writes the data files of this directory. Run by hand, never by the build.

    generate.py                       territories.tsv, currency_symbols.tsv (needs PyICU on ICU 72)
    generate.py --stock DUMP.sql.gz   countries.tsv, regions.tsv, currency_rates.tsv

ICU 72 carries CLDR 42, the release whose names the recorded answers show ("Turkey"). Debian 12 has it:
apt-get install python3-icu.

Both locale files are trees of differences. A row stands under the most general locale it is true for;
a locale that has no row of its own for a code takes its parent's: de_AT, de, en.
"""

import gzip
import re
import sys
from pathlib import Path
from string import ascii_uppercase

HERE = Path(__file__).parent

# The locales that an administrator of 2.4.7 can choose, and a few more that shops add.
LOCALES = """
af_ZA ar_DZ ar_EG ar_KW ar_MA ar_SA az_Latn_AZ be_BY bg_BG bn_BD bs_Latn_BA ca_ES cs_CZ cy_GB da_DK de_AT
de_CH de_DE de_LU el_GR en_AU en_CA en_GB en_IE en_IN en_NZ en_SG en_US en_ZA es_AR es_BO es_CL es_CO es_CR
es_ES es_MX es_PA es_PE es_US es_VE et_EE eu_ES fa_IR fi_FI fil_PH fr_BE fr_CA fr_CH fr_FR fr_LU gl_ES gu_IN
he_IL hi_IN hr_HR hu_HU id_ID is_IS it_CH it_IT ja_JP ka_GE km_KH ko_KR lo_LA lt_LT lv_LV mk_MK mn_Cyrl_MN
ms_Latn_MY ms_MY nb_NO nl_BE nl_NL nn_NO pl_PL pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI sq_AL sr_Cyrl_RS sr_Latn_RS
sv_FI sv_SE sw_KE th_TH tr_TR uk_UA vi_VN zh_Hans_CN zh_Hant_HK zh_Hant_TW
""".split()

# Currencies whose symbol is the one of a fixed locale, whatever the locale of the store. By language, so
# that "es" with "BOB:BO" reads: the symbol of BOB is the one of es_BO.
FIXED = {
    "aa": "DJF:DJ",
    "ak": "GHS:GH",
    "ar": "AED:AE BHD:BH DZD:DZ EGP:EG IQD:IQ JOD:JO KMF:KM KWD:KW LBP:LB LYD:LY MAD:EH MRU:MR OMR:OM QAR:QA"
    " SAR:SA SDG:SD SYP:SY TND:TN YER:YE",
    "az_Latn": "AZN:AZ",
    "be": "BYN:BY",
    "bg": "BGN:BG",
    "bi": "VUV:VU",
    "bn": "BDT:BD",
    "bs": "BAM:BA",
    "crs": "SCR:SC",
    "cs": "CZK:CZ",
    "da": "DKK:DK",
    "dv": "MVR:MV",
    "dz": "BTN:BT",
    "en": "AUD:AU BBD:BB BMD:BM BSD:BS BWP:BW BZD:BZ CAD:CA ETB:ET FKP:FK GIP:GI GMD:GM GYD:GY JMD:JM KES:KE"
    " KYD:KY LRD:LR NGN:NG SBD:SB SGD:SG SHP:SH SZL:SZ TTD:TT USD:GU XCD:AI ZAR:ZA ZMW:ZM",
    "es": "ARS:AR BOB:BO CLP:CL COP:CO CRC:CR CUP:CU DOP:DO GTQ:GT HNL:HN MXN:MX NIO:NI PAB:PA PEN:PE UYU:UY"
    " VES:VE",
    "fa": "AFN:AF IRR:IR",
    "fil": "PHP:PH",
    "fr": "GNF:GN",
    "gn": "PYG:PY",
    "he": "ILS:IL",
    "hi": "FJD:FJ INR:IN",
    "hr": "HRK:HR",
    "ht": "HTG:HT",
    "hu": "HUF:HU",
    "hy": "AMD:AM",
    "id": "IDR:ID",
    "is": "ISK:IS",
    "ja": "JPY:JP",
    "ka": "GEL:GE",
    "kea": "CVE:CV",
    "kj": "NAD:NA",
    "km": "KHR:KH",
    "ko": "KPW:KP KRW:KR",
    "kri": "SLL:SL",
    "ky_Cyrl": "KGS:KG",
    "lo": "LAK:LA",
    "mfe": "MUR:MU",
    "mg": "MGA:MG",
    "mk": "MKD:MK",
    "mn_Cyrl": "MNT:MN",
    "ms": "BND:BN MYR:MY",
    "my": "MMK:MM",
    "ne": "NPR:NP",
    "nl": "AWG:AW",
    "ny": "MWK:MW",
    "pl": "PLN:PL",
    "pt": "AOA:AO BRL:BR MZN:MZ STN:ST",
    "rn": "BIF:BI",
    "ro": "MDL:MD RON:RO",
    "ru": "KZT:KZ RUB:RU",
    "rw": "RWF:RW",
    "si": "LKR:LK",
    "sm": "WST:WS",
    "sq": "ALL:AL",
    "sr_Cyrl": "RSD:RS",
    "srn": "SRD:SR",
    "sv": "SEK:SE",
    "sw": "CDF:CD SOS:SO TZS:TZ UGX:UG",
    "tg_Cyrl": "TJS:TJ",
    "th": "THB:TH",
    "ti": "ERN:ER",
    "tk": "TMT:TM",
    "to": "TOP:TO",
    "tpi": "PGK:PG",
    "tr": "TRY:TR",
    "uk": "UAH:UA",
    "ur": "PKR:PK",
    "uz_Cyrl": "UZS:UZ",
    "vi": "VND:VN",
    "zh_Hant": "HKD:HK MOP:MO TWD:TW",
}

# CLDR has these, but the data that the original asks for a symbol does not: the English symbol is used.
WITHOUT_SYMBOLS = {"kea", "mfe"}

SOURCE = """\
# {title}
# Source: Unicode CLDR 42 (as in ICU 72), made by generate.py; licence: see LICENSE-UNICODE.txt.
# {columns}
"""


def parent(locale):
    """The locale that is asked next: sr_Latn_RS, sr_Latn, sr, en."""
    if "_" in locale:
        return locale.rsplit("_", 1)[0]
    return None if locale == "en" else "en"


def chain(locale):
    while locale:
        yield locale
        locale = parent(locale)


def write(name, title, columns, rows):
    text = SOURCE.format(title=title, columns=columns) + "".join("\t".join(row) + "\n" for row in sorted(rows))
    (HERE / name).write_text(text, encoding="utf-8")
    print(f"{name}: {len(rows)} rows, {len(text.encode())} bytes")


def difference_rows(locales, resolve):
    """(locale, code, text) wherever a locale's text is not its parent's."""
    nodes = {node for locale in locales for node in chain(locale)}
    for node in nodes:
        above = resolve(parent(node)) if parent(node) else {}
        for code, text in resolve(node).items():
            if above.get(code) != text:
                yield node, code, text


def territories():
    import icu

    codes = [a + b for a in ascii_uppercase for b in ascii_uppercase]
    cache = {}

    def resolve(locale):
        if locale not in cache:
            table = icu.ResourceBundle("ICUDATA-region", icu.Locale(locale)).getWithFallback("Countries")
            cache[locale] = {}
            for code in codes:
                try:
                    cache[locale][code] = table.getWithFallback(code).getString()
                except icu.ICUError:
                    pass  # CLDR has no name for it.
        return cache[locale]

    # The region is left out on purpose: the original asks for language and script only.
    languages = {re.sub(r"_[A-Z]{2}$", "", locale) for locale in LOCALES}
    rows = list(difference_rows(languages, resolve))
    # A missing row means "as the parent", so every language has to name the same territories.
    assert all(resolve(language).keys() == resolve("en").keys() for language in languages)
    columns = "language or language_Script, territory, name"
    write("territories.tsv", "Territory names by language.", columns, rows)


def currency_symbols():
    import icu

    tables = {}

    def own(locale):
        """The symbols that the locale's own file has, without those inherited by ICU's rules."""
        if locale not in tables:
            table = icu.ResourceBundle("ICUDATA-curr", icu.Locale(locale)).get("Currencies")
            foreign = str(table.getLocale()) != locale or locale.split("_")[0] in WITHOUT_SYMBOLS
            symbols = {}
            for i in range(0 if foreign else table.getSize()):
                entry = table.get(i)
                symbols[entry.getKey()] = entry.getStringEx(0)
            tables[locale] = symbols
        return tables[locale]

    fixed = {}
    for language, pairs in FIXED.items():
        for code, region in (pair.split(":") for pair in pairs.split()):
            places = chain(f"{language}_{region}")
            fixed[code] = next((own(place)[code] for place in places if code in own(place)), code)

    def resolve(locale):
        symbols = {}
        for place in reversed(list(chain(locale))):
            symbols.update(own(place))
        return {code: symbol for code, symbol in symbols.items() if code not in fixed}

    rows = [("*", code, symbol) for code, symbol in fixed.items() if symbol != code]
    # Where nothing is found the code itself is the symbol, so English needs no row for those.
    rows += [row for row in difference_rows(LOCALES, resolve) if row[0] != "en" or row[1] != row[2]]
    columns = "locale (* = any locale), currency, symbol"
    write("currency_symbols.tsv", "Currency symbols by locale.", columns, rows)


def stock(dump):
    text = gzip.open(dump, "rt", encoding="utf-8").read()
    value = re.compile(r"'((?:[^'\\]|\\.)*)'|([^,()]+)")

    def table(name):
        found = re.search(rf"^INSERT INTO `{name}` VALUES\n(.*?);\n", text, re.S | re.M)
        rows = []
        for line in found.group(1).split("\n") if found else []:
            cells = value.findall(line.rstrip(",")[1:-1])
            row = [re.sub(r"\\(.)", r"\1", quoted) or bare for quoted, bare in cells]
            assert not any("\t" in cell or cell.startswith("#") for cell in row)
            rows.append(row)
        return rows

    def put(file, name, columns):
        rows = table(name)
        head = f"# Stock rows of {name}.\n# {columns}\n"
        (HERE / file).write_text(head + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
        print(f"{file}: {len(rows)} rows")

    # The names by locale of a fresh installation repeat the default names, so they need no file.
    names = [["en_US", region, name] for region, _, _, name in table("directory_country_region")]
    assert table("directory_country_region_name") == names
    assert not table("directory_country_format")
    put("countries.tsv", "directory_country", "country_id, iso2_code, iso3_code")
    put("regions.tsv", "directory_country_region", "region_id, country_id, code, default_name")
    put("currency_rates.tsv", "directory_currency_rate", "currency_from, currency_to, rate")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--stock"]:
        stock(sys.argv[2])
    else:
        territories()
        currency_symbols()
