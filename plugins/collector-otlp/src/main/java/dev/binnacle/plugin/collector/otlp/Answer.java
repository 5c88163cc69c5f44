package dev.binnacle.plugin.collector.otlp;

import com.google.protobuf.MessageLite;

/** What a sender is told, before it is put into the words of gRPC or HTTP. */
sealed interface Answer {
    /**
     * It was taken, but for what the message says was rejected; sending it again would not help.
     *
     * @param message OTLP's own answer for the signal
     */
    record Taken(MessageLite message) implements Answer {}

    /**
     * None of it was taken.
     *
     * @param why for the sender's log
     */
    record Refused(Refusal reason, String why) implements Answer {}
}
