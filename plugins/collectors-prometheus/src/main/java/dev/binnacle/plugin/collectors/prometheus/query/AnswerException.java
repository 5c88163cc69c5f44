package dev.binnacle.plugin.collectors.prometheus.query;

import java.io.IOException;

/** A server has answered, and nothing of it can be taken. */
final class AnswerException extends IOException {
    private static final long serialVersionUID = 1L;

    AnswerException(String message) {
        super(message);
    }
}
