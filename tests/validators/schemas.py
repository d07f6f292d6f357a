"""schemas.py SITEMAP XSD FEED RNG: holds two files to the schemas of their formats, by lxml."""

import sys

from lxml import etree

sitemap, xsd, feed, rng = sys.argv[1:]
wrong = 0
for name, schema in ((sitemap, etree.XMLSchema(file=xsd)), (feed, etree.RelaxNG(file=rng))):
    if not schema.validate(etree.parse(name)):
        wrong = 1
        print(schema.error_log)  # noqa: T201
sys.exit(wrong)
