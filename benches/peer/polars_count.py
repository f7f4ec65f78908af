"""Polars: all entries, and roughly those that count. FILE"""

import json
import sys

import polars as pl

path = sys.argv[1]
col = pl.col
if path.endswith(".ndjson"):
    text, whole, yes = pl.String, pl.Int64, pl.Boolean
    schema = {
        "nomor_badan_hukum": text,
        "jenis_koperasi": text,
        "layanan_anggota": pl.List(text),
        "kegiatan_usaha": pl.List(pl.Struct({"tahun_buku": whole, "melayani_anggota": yes})),
        "rat": pl.List(pl.Struct({"tahun_buku": whole, "kuorum": yes})),
        "bantuan_pemerintah": pl.List(
            pl.Struct({"tahun": whole, "tingkat": text, "bentuk": text, "status": text})
        ),
    }
    frame = pl.scan_ndjson(path, schema=schema)
    item = pl.element().struct.field
    rat = item("tahun_buku").is_between(2022, 2024) & item("kuorum").ne_missing(False)
    usaha = item("melayani_anggota") & item("tahun_buku").is_between(2022, 2025)
    aid = (
        (item("status") == "diterima")
        & (item("bentuk") != "pinjaman_dana_bergulir")
        & (item("tingkat") != "bukan_pemerintah")
        & item("tahun").is_between(2022, 2025)
    )
    counts = (
        (col("rat").list.eval(rat.cast(pl.UInt32)).list.sum() >= 3)
        & col("kegiatan_usaha").list.eval(usaha).list.any()
        & (col("layanan_anggota").list.len() > 0)
        & col("bantuan_pemerintah").list.eval(aid).list.any()
    )
else:
    if path.endswith(".xlsx"):
        names = pl.read_excel(path, sheet_name="Koperasi", read_options={"n_rows": 0}).columns
        types = {name: pl.String for name in names}
        frame = pl.read_excel(path, sheet_name="Koperasi", schema_overrides=types).lazy()
    else:
        frame = pl.scan_csv(path, infer_schema=False)
    held = [col(f"rat_{year}").str.contains(r"^\d{4}-\d\d-\d\d") for year in (2022, 2023, 2024)]
    counts = (
        held[0] & held[1] & held[2]
        & pl.any_horizontal(col(f"kegiatan_{year}") != "-" for year in range(2022, 2026))
        & (col("kegiatan_melayani_anggota") == "Ya")
        & col("layanan_anggota").is_not_null()
        & (col("bantuan_status") == "diterima")
        & (col("bantuan_bentuk") != "pinjaman_dana_bergulir")
        & (col("bantuan_tingkat") != "bukan_pemerintah")
        & col("bantuan_tahun").cast(pl.Int64, strict=False).is_between(2022, 2025)
    )
counts &= col("jenis_koperasi").is_in(["produsen", "produksi"])
number = col("nomor_badan_hukum")
# Of the rows themselves, so that none is left out unparsed.
out = frame.select(
    entries=number.is_not_null().sum(), count=number.filter(counts).n_unique()
).collect()
print(json.dumps({name: out[name][0] for name in ("entries", "count")}))
