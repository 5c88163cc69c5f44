package dev.binnacle.local;

/**
 * Something the user can put right: shown as one message, without a stack trace.
 *
 * <p>The message says where and what; the advice says what to do about it.
 */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String advice;
    private final int exitCode;

    private ProblemException(int exitCode, String message, String advice) {
        super(message);
        this.exitCode = exitCode;
        this.advice = advice;
    }

    /** Returns a problem that makes the command answer no. */
    public static ProblemException no(String message, String advice) {
        return new ProblemException(ExitCode.NO, message, advice);
    }

    /** Returns a problem of the environment: a missing engine, a port in use, a folder that cannot be written. */
    public static ProblemException environment(String message, String advice) {
        return new ProblemException(ExitCode.ENVIRONMENT, message, advice);
    }

    /** Returns a problem with how the command was called. */
    public static ProblemException usage(String message, String advice) {
        return new ProblemException(ExitCode.USAGE, message, advice);
    }

    /** Returns what to do about it; may be empty. */
    public String advice() {
        return advice;
    }

    /** Returns the code the command exits with, one of {@link ExitCode}. */
    public int exitCode() {
        return exitCode;
    }

    /** Returns message and advice as the user sees them. */
    public String display() {
        return advice.isEmpty() ? getMessage() : getMessage() + "\n  " + advice.replace("\n", "\n  ");
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
