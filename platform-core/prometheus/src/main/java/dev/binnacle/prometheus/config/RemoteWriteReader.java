package dev.binnacle.prometheus.config;

import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Reads one receiver. */
final class RemoteWriteReader {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Set<String> MESSAGES = Set.of(RemoteWriteConfig.WRITE_1, RemoteWriteConfig.WRITE_2);

    private RemoteWriteReader() {}

    static RemoteWriteConfig read(Section section, HttpReader http) {
        // Nothing of that kind is collected, so nothing of it is sent.
        section.ignore("send_exemplars", "send_native_histograms");
        if (!section.has("url")) {
            section.problem("url", "url is missing");
        }
        var headers = section.section("headers");
        var config = new RemoteWriteConfig(
                section.text("name", ""),
                section.value("url", URI.create("http://missing/"), ScrapeReader::url),
                section.duration("remote_timeout", TIMEOUT),
                section.value("protobuf_message", RemoteWriteConfig.WRITE_1, RemoteWriteReader::message),
                headers.map(),
                RelabelReader.read(section.sections("write_relabel_configs")),
                http.read(section),
                queue(section.section("queue_config")),
                metadataInterval(section.section("metadata_config")));
        section.end();
        return config;
    }

    private static Duration metadataInterval(Section section) {
        // All families are one request.
        section.ignore("max_samples_per_send");
        boolean sent = section.flag("send", true);
        var interval = section.duration("send_interval", RemoteWriteConfig.METADATA_INTERVAL);
        section.end();
        return sent ? interval : Duration.ZERO;
    }

    private static QueueConfig queue(Section section) {
        // Nothing is dropped because a receiver has too much to do: that is what the queue is for.
        section.ignore("retry_on_http_429");
        var defaults = QueueConfig.DEFAULT;
        var queue = new QueueConfig(
                count(section, "capacity", defaults.capacity()),
                count(section, "max_shards", defaults.maxShards()),
                count(section, "min_shards", defaults.minShards()),
                count(section, "max_samples_per_send", defaults.maxSamplesPerSend()),
                section.duration("batch_send_deadline", defaults.batchSendDeadline()),
                section.duration("min_backoff", defaults.minBackoff()),
                section.duration("max_backoff", defaults.maxBackoff()),
                section.duration("sample_age_limit", defaults.sampleAgeLimit()));
        section.end();
        return queue;
    }

    private static int count(Section section, String key, int fallback) {
        return (int) Math.clamp(section.number(key, fallback), 1, Integer.MAX_VALUE);
    }

    private static String message(String text) {
        if (!MESSAGES.contains(text)) {
            throw new IllegalArgumentException(
                    "is " + String.join(" or ", MESSAGES.stream().sorted().toList()));
        }
        return text;
    }
}
