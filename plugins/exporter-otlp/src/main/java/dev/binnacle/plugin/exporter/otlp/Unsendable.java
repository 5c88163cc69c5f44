package dev.binnacle.plugin.exporter.otlp;

/** Why samples cannot become a point of OTLP. */
enum Unsendable {
    /** A part is missing. */
    INCOMPLETE(
            "incomplete_samples",
            "Samples of histograms without their _count or their last bucket, and of summaries without their _count"),
    /** The parts contradict each other. */
    INCONSISTENT(
            "inconsistent_samples",
            "Samples of histograms and summaries whose counts fall, differ or are not whole, or whose bounds are no numbers"),
    /** OTLP counts nanoseconds since 1970 in 64 bits. */
    OUT_OF_TIME("samples_out_of_time", "Samples from before 1970 or after 2262");

    private final String meter;
    private final String help;

    Unsendable(String meter, String help) {
        this.meter = meter;
        this.help = help;
    }

    String meter() {
        return meter;
    }

    String help() {
        return help;
    }
}
