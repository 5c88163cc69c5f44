package dev.binnacle.kubernetes.access;

import io.fabric8.kubernetes.client.KubernetesClientException;
import org.jspecify.annotations.Nullable;

/** What failures of the client mean. */
public final class Failures {
    private Failures() {}

    /** Returns the HTTP status with which the API server refused; 0 when it did not. */
    public static int status(@Nullable Throwable failure) {
        return failure != null && cause(failure) instanceof KubernetesClientException said ? said.getCode() : 0;
    }

    /** Returns the API server's words where it said something, else what began it all. */
    public static String words(Throwable failure) {
        var cause = cause(failure);
        String words = cause instanceof KubernetesClientException said && said.getStatus() != null
                ? said.getStatus().getMessage()
                : cause.getMessage();
        return words == null ? cause.getClass().getSimpleName() : words;
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null
                && !(cause instanceof KubernetesClientException said && said.getStatus() != null)) {
            cause = cause.getCause();
        }
        return cause;
    }
}
