"""A catalogue of the founding report's size, made by SQL in a second or two: for plans and costs, not for reading.

Its rows stand on shelves as published ones do; their versions have no content, so only lists may show them.
"""

from django.db import connection

_SHELVES = """
INSERT INTO library_shelf (column_id, provider_id, kind, stage_id, system, grades, subject_id, edition_id, volume_id,
                           count)
SELECT c.id, p.id, k.kind, stage.id, '6-3', ARRAY[grade.code], subject.id, edition.id,
       CASE WHEN k.kind LIKE '%%textbook' THEN volume.id END, k.each
FROM (VALUES ('textbook', 1), ('e_textbook', 1), ('lesson', %(lessons)s)) AS k (kind, each)
JOIN library_tag grade ON grade.dimension = 'grade' AND grade.position BETWEEN 1 AND 9
JOIN library_tag stage ON stage.dimension = 'stage'
     AND stage.code = CASE WHEN grade.position < 7 THEN 'primary' ELSE 'junior' END
JOIN library_column c ON c.code = CASE WHEN k.kind = 'e_textbook' THEN 'e-textbooks' ELSE stage.code END
JOIN (SELECT id FROM library_tag WHERE dimension = 'subject' ORDER BY position LIMIT 10) subject ON true
JOIN (SELECT id FROM library_tag WHERE dimension = 'edition' ORDER BY position LIMIT 11) edition ON true
JOIN (SELECT id, code FROM library_tag WHERE dimension = 'volume' AND code IN ('volume-1', 'volume-2')) volume
     ON k.kind LIKE '%%textbook' OR volume.code = 'volume-1'
CROSS JOIN (SELECT id FROM library_provider WHERE code = 'large-0') p
UNION ALL
SELECT c.id, p.id, k.kind, NULL, '', '{}', NULL, NULL, NULL, %(others)s
FROM library_column c
JOIN library_plate plate ON plate.id = c.plate_id AND plate.code <> 'course'
CROSS JOIN library_provider p
CROSS JOIN (VALUES ('video'), ('document'), ('article')) AS k (kind)
WHERE p.code LIKE 'large-%%'
"""

_RESOURCES = """
INSERT INTO library_resource (
  code, source, source_id, kind, version_id, title, title_en, summary, summary_en, language, column_id, plate_id,
  shelf_id, provider_id, educations, audience, length_seconds, lesson_count, period_count, stage_id, system, grades,
  subject_id, edition_id, volume_id, textbook_id, chapter_key, position, knowledge, sort_key, published_at, changed_at)
SELECT 'x' || lpad(to_hex(row_number() OVER ()), 9, '0'), 'large', row_number() OVER (), s.kind,
  %(first)s + row_number() OVER (), 'Large ' || s.id || ' ' || n, '', '', '', 'zh', s.column_id, c.plate_id, s.id,
  s.provider_id, '{}', '{}', 0, 0, 1, s.stage_id, s.system, s.grades, s.subject_id, s.edition_id, s.volume_id,
  CASE WHEN s.kind = 'lesson' THEN %(book)s END, '17.1', n, ARRAY['point ' || (s.id + n) %% 3000],
  lpad(coalesce(s.subject_id, 0)::text, 5, '0') || lpad(s.id::text, 6, '0') || lpad(n::text, 5, '0'),
  now() - (n * interval '1 minute'), now()
FROM library_shelf s
JOIN library_column c ON c.id = s.column_id
CROSS JOIN LATERAL generate_series(1, s.count) n
WHERE s.id > %(shelves)s
"""

_VERSIONS = """
INSERT INTO library_resourceversion (id, resource_id, number, content, digest, note, published_at, withdrawal_reason)
SELECT version_id, id, 1, '{}', code, '', now(), '' FROM library_resource WHERE source = 'large'
"""
FIRST_VERSION = 10_000_000


def enlarge(book: int, *, lessons: int = 19, others: int = 9, providers: int = 8) -> int:
    """Fill the catalogue with about 28,000 published resources; returns how many there are then.

    `book` is the id of the textbook that all lessons hang on, `lessons` and `others` how many stand on each shelf.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM library_shelf")
        shelves = cursor.fetchone()[0]
        names = [f"large-{n}" for n in range(providers)]
        cursor.execute(
            "INSERT INTO library_provider (code, name_zh, name_en) SELECT c, c, c FROM unnest(%s::text[]) AS c",
            [names],
        )
        cursor.execute(_SHELVES, {"lessons": lessons, "others": others})
        cursor.execute(_RESOURCES, {"first": FIRST_VERSION, "book": book, "shelves": shelves})
        cursor.execute(_VERSIONS)
        cursor.execute("ANALYZE library_resource, library_resourceversion, library_shelf, library_tag")
        cursor.execute("SELECT count(*) FROM library_resource")
        return int(cursor.fetchone()[0])
