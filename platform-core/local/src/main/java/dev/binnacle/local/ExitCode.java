package dev.binnacle.local;

/** What a command tells its caller by exiting. */
public final class ExitCode {
    /** Done. */
    public static final int OK = 0;
    /** The answer is no, or a check failed. */
    public static final int NO = 1;
    /** The command was used wrongly. */
    public static final int USAGE = 2;
    /** The environment is missing something. */
    public static final int ENVIRONMENT = 3;

    private ExitCode() {}
}
