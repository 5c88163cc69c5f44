package dev.binnacle.mesh.ir;

/** Where a proxy or an endpoint is; parts that are not known are empty. */
public record Locality(String region, String zone, String subZone) {
    /** Nobody knows. */
    public static final Locality NONE = new Locality("", "", "");

    /** Reads {@code region/zone/subzone}; what is missing is empty. */
    public static Locality of(String text) {
        String[] parts = text.split("/", -1);
        return new Locality(parts[0], parts.length > 1 ? parts[1] : "", parts.length > 2 ? parts[2] : "");
    }

    /** Tells whether this is one of those that {@code pattern} means: {@code *}, or nothing, stands for any part. */
    public boolean isWithin(String pattern) {
        var parts = of(pattern);
        boolean sameRegion = parts.region.equals("*") || parts.region.equals(region);
        return sameRegion && fits(parts.zone, zone) && fits(parts.subZone, subZone);
    }

    private static boolean fits(String wanted, String actual) {
        return wanted.isEmpty() || wanted.equals("*") || wanted.equals(actual);
    }

    /** Returns {@code region/zone/subzone} as far as it is known. */
    @Override
    public String toString() {
        return subZone.isEmpty() ? zone.isEmpty() ? region : region + "/" + zone : region + "/" + zone + "/" + subZone;
    }
}
