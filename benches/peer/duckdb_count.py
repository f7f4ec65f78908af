"""DuckDB: all entries, and roughly those that count: the criteria as SQL, no void items. FILE"""

import json
import sys

import duckdb

path = sys.argv[1]
if path.endswith(".csv"):
    held = " and ".join(f"try_cast(rat_{year} as date) is not null" for year in (2022, 2023, 2024))
    source = "read_csv(?, all_varchar=true, header=true)"
    counts = f"""jenis_koperasi in ('produsen', 'produksi') and {held}
      and kegiatan_melayani_anggota = 'Ya' and layanan_anggota is not null
      and (kegiatan_2022 <> '-' or kegiatan_2023 <> '-' or kegiatan_2024 <> '-' or kegiatan_2025 <> '-')
      and bantuan_status = 'diterima' and bantuan_bentuk <> 'pinjaman_dana_bergulir'
      and bantuan_tingkat <> 'bukan_pemerintah'
      and try_cast(bantuan_tahun as int) between 2022 and 2025"""
else:
    rat = "struct(tahun_buku int, tanggal varchar, kuorum boolean)[]"
    usaha = "struct(tahun_buku int, melayani_anggota boolean)[]"
    aid = "struct(tahun int, tingkat varchar, bentuk varchar, status varchar)[]"
    fields = {
        "nomor_badan_hukum": "varchar",
        "jenis_koperasi": "varchar",
        "layanan_anggota": "varchar[]",
        "kegiatan_usaha": usaha,
        "rat": rat,
        "bantuan_pemerintah": aid,
    }
    if path.endswith(".json"):
        entry = ", ".join(f"{name} {kind}" for name, kind in fields.items())
        source = f"""(select unnest(koperasi, recursive := false) as e from read_json(?,
          maximum_object_size=2147483647, columns={{koperasi: 'struct({entry})[]'}}))"""
        source = f"(select e.* from {source})"
    else:
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in fields.items())
        source = f"read_json(?, format='newline_delimited', columns={{{columns}}})"
    counts = """jenis_koperasi in ('produsen', 'produksi')
      and len(list_distinct([r.tahun_buku for r in rat
        if r.tahun_buku between 2022 and 2024 and r.kuorum is distinct from false])) = 3
      and len([k for k in kegiatan_usaha
        if k.melayani_anggota and k.tahun_buku between 2022 and 2025]) > 0
      and len(layanan_anggota) > 0
      and len([b for b in bantuan_pemerintah if b.status = 'diterima'
        and b.bentuk <> 'pinjaman_dana_bergulir' and b.tingkat <> 'bukan_pemerintah'
        and b.tahun between 2022 and 2025]) > 0"""
query = f"""select count(*), count(distinct nomor_badan_hukum) filter (where {counts})
  from {source}"""
entries, count = duckdb.execute(query, [path]).fetchone()
print(json.dumps({"entries": entries, "count": count}))
