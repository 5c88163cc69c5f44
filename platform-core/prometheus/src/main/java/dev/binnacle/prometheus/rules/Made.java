package dev.binnacle.prometheus.rules;

/** What every generated file says about itself. */
public final class Made {
    private Made() {}

    /** Returns the first lines of a YAML file. */
    public static String comment(String generator) {
        return "# " + by(generator).replace(". ", ".\n# ") + "\n";
    }

    /** Returns the same as one line, for files without comments. */
    public static String by(String generator) {
        return "Made by " + generator + " (a plugin of Binnacle), do not edit. Change its input or its settings and run"
                + " ./binnacle generate.";
    }
}
