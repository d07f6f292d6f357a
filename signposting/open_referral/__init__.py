"""The register as open data: Open Referral UK 3.0."""
