package dev.binnacle.plugin.collectors.prometheus;

import static dev.binnacle.plugin.collectors.prometheus.Scraping.report;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScrapeTest {
    @TempDir
    Path folder;

    @Test
    void aPageBecomesSamplesWithTheLabelsOfItsTargetAndAReport() throws Exception {
        try (var target = FakeTarget.serving("# TYPE a counter\na{b=\"c\"} 1\nd 2.5\n");
                var scraping = Scraping.of(target, "")) {
            var scrape = scraping.succeeded();

            assertThat(scrape)
                    .containsEntry("a{b=c}", "1")
                    .containsEntry("d{}", "2.5")
                    .containsEntry(report("scrape_samples_scraped"), "2")
                    .containsEntry(report("scrape_samples_post_metric_relabeling"), "2")
                    .containsKeys(report("scrape_duration_seconds"), report("scrape_series_added"));
            assertThat(target.requests().getFirst())
                    .startsWith("GET /metrics HTTP/1.1\n")
                    .contains(
                            "Host: " + target.address(),
                            "Accept: application/openmetrics-text",
                            "Accept-Encoding: gzip")
                    .contains("X-Prometheus-Scrape-Timeout-Seconds: 0.2");
        }
    }

    @Test
    void aSeriesIsOneObjectWhileItIsThereAndNewOnesAreCounted() throws Exception {
        try (var target = FakeTarget.serving("a 1\n");
                var scraping = Scraping.of(target, "")) {
            scraping.next(scrape -> "0".equals(scrape.get(report("scrape_series_added"))));
            var scrapes = scraping.good();
            var first = scrapes.getFirst().getFirst().series();
            var later = scrapes.getLast().getFirst().series();

            assertThat(Scraping.shown(scrapes.getFirst())).containsEntry(report("scrape_series_added"), "1");
            assertThat(later).isSameAs(first);
        }
    }

    @Test
    void aSeriesThatIsGoneEndsAndComesBack() throws Exception {
        try (var target = FakeTarget.serving("a 1\nb 2\n");
                var scraping = Scraping.of(target, "")) {
            scraping.succeeded();
            var without = scraping.next(() -> target.serve("b{} 2\n"), scrape -> scrape.containsValue("stale"));
            target.serve("b 2\na 1\n");
            var with = scraping.next(scrape -> scrape.containsKey("a{}"));

            assertThat(without).containsEntry("a{}", "stale").containsEntry("b{}", "2");
            assertThat(with).containsEntry("a{}", "1").doesNotContainValue("stale");
        }
    }

    @Test
    void allSeriesEndWithTheFirstScrapeThatFails() throws Exception {
        try (var target = FakeTarget.serving("a 1\n");
                var scraping = Scraping.of(target, "")) {
            scraping.succeeded();
            var first = scraping.failed(() -> target.answer(FakeTarget.answer("500 No", "", new byte[0])));
            var second = scraping.failed();

            assertThat(first).containsEntry("a{}", "stale").containsEntry(report("scrape_samples_scraped"), "0");
            assertThat(second).doesNotContainKey("a{}");
        }
    }

    @Test
    void aTargetThatComesAndGoesBeginsAndEndsWithAllItsSeriesEachTime() throws Exception {
        try (var target = FakeTarget.serving("a 1\n")) {
            Path file = folder.resolve("targets.json");
            String there = "[{\"targets\": [\"" + target.address() + "\"], \"labels\": {\"zone\": \"1\"}}]";
            Files.writeString(file, there);
            String config = """
                    scrape_configs:
                      - job_name: test
                        scrape_interval: 200ms
                        scrape_timeout: 200ms
                        file_sd_configs: [{files: ['targets*.json'], refresh_interval: 50ms}]
                    """;
            try (var scraping = Scraping.of(config, folder)) {
                scraping.next(scrape -> "1".equals(scrape.get("a{zone=1}")));
                for (int i = 0; i < 3; i++) {
                    var end = scraping.next(
                            () -> Files.writeString(file, "[]"), scrape -> "stale".equals(scrape.get("up{zone=1}")));
                    assertThat(end).containsEntry("a{zone=1}", "stale").hasSize(6);
                    var again = scraping.next(
                            () -> Files.writeString(file, there), scrape -> "1".equals(scrape.get("up{zone=1}")));
                    assertThat(again)
                            .containsEntry("a{zone=1}", "1")
                            .containsEntry("scrape_series_added{zone=1}", "1")
                            .doesNotContainValue("stale");
                }
            }
        }
    }

    @Test
    void aDiscoveryThatTellsNonsenseLeavesTheTargetsAsTheyWere() throws Exception {
        try (var target = FakeTarget.serving("a 1\n");
                var discovery = FakeTarget.answering(json("[{\"targets\": [\"" + target.address() + "\"]}]"))) {
            String config = """
                    scrape_configs:
                      - job_name: test
                        scrape_interval: 200ms
                        scrape_timeout: 200ms
                        http_sd_configs: [{url: 'http://%s/', refresh_interval: 50ms}]
                    """.formatted(discovery.address());
            try (var scraping = Scraping.of(config, folder)) {
                scraping.succeeded();
                discovery.answer(json("<html>"));
                int asked = discovery.requests().size();
                Awaitility.await().until(() -> discovery.requests().size() > asked + 2);
                assertThat(scraping.succeeded()).containsEntry("a{}", "1");

                assertThat(scraping.next(() -> discovery.answer(json("[]")), scrape -> scrape.containsValue("stale")))
                        .containsEntry("up{}", "stale");
            }
        }
    }

    @Test
    void labelsOfTheTargetWinUnlessItIsHonoured() throws Exception {
        String page = "a{job=\"x\",exported_job=\"y\"} 1\n";
        try (var target = FakeTarget.serving(page);
                var plain = Scraping.of(target, "");
                var honoured = Scraping.of(target, "honor_labels: true")) {
            assertThat(plain.succeeded()).containsEntry("a{exported_exported_job=x,exported_job=y}", "1");
            assertThat(honoured.succeeded()).containsEntry("a{exported_job=y,job=x}", "1");
        }
    }

    @Test
    void timestampsHoldWhenTheyAreHonoured() throws Exception {
        long now = Instant.now().toEpochMilli();
        try (var target = FakeTarget.serving("a 1 1000\nb 2 " + (now + 3_600_000) + "\nc 3\n");
                var honoured = Scraping.of(target, "");
                var ignored = Scraping.of(target, "honor_timestamps: false")) {
            honoured.succeeded();
            ignored.succeeded();

            var scrape = honoured.good().getFirst();
            assertThat(scrape.getFirst().at()).isEqualTo(Instant.ofEpochSecond(1));
            assertThat(Scraping.shown(scrape)).doesNotContainKey("b{}").containsEntry("c{}", "3");
            assertThat(ignored.good().getFirst().getFirst().at().toEpochMilli()).isGreaterThanOrEqualTo(now);
            target.serve("d 1\n");
            assertThat(honoured.next(each -> each.containsKey("d{}")))
                    .as("what brings its own time ends by itself")
                    .doesNotContainKey("a{}")
                    .containsEntry("c{}", "stale");
        }
    }

    @Test
    void rulesChangeAndDropSeries() throws Exception {
        String rules = """
                metric_relabel_configs:
                  - {source_labels: [__name__], regex: secret.*, action: drop}
                  - {source_labels: [__name__], regex: (.*)_old, target_label: __name__, replacement: "${1}_new"}
                  - {regex: noise, action: labeldrop}
                """;
        try (var target = FakeTarget.serving("secret_a 1\nb_old 2\nc{noise=\"x\"} 3\nc{noise=\"y\"} 4\n");
                var scraping = Scraping.of(target, rules)) {
            var scrape = scraping.succeeded();

            assertThat(scrape)
                    .containsEntry("b_new{}", "2")
                    .containsEntry("c{}", "3")
                    .containsEntry(report("scrape_samples_scraped"), "4")
                    .containsEntry(report("scrape_samples_post_metric_relabeling"), "3");
            assertThat(scraping.meters().get("dropped_samples")).isPositive();
        }
    }

    @Test
    void everyLimitMakesTheScrapeFail() throws Exception {
        String page = "a{label=\"some value\"} 1\nb 2\nc 3\n";
        for (String limit : new String[] {
            "sample_limit: 2",
            "label_limit: 3",
            "label_name_length_limit: 7",
            "label_value_length_limit: 9",
            "body_size_limit: 30B",
            "target_limit: 1"
        }) {
            String second = limit.startsWith("target") ? "file_sd_configs: [{files: [more.json]}]\n" : "";
            Files.writeString(folder.resolve("more.json"), "[{\"targets\": [\"127.0.0.1:1\"]}]");
            try (var target = FakeTarget.serving(page);
                    var scraping = Scraping.of(Scraping.job(target.address(), second + limit), folder)) {
                assertThat(scraping.failed()).as(limit).doesNotContainValue("2.5");
            }
        }
    }

    @Test
    void aPackedPageIsUnpackedAndABombIsNot() throws Exception {
        try (var target = FakeTarget.answering(packed("a 1\n", 1));
                var scraping = Scraping.of(target, "")) {
            assertThat(scraping.succeeded()).containsEntry("a{}", "1");
            var bomb = packed("# " + "x".repeat(1022) + "\n", 1 << 14);

            assertThat(scraping.failed(() -> target.answer(bomb))).containsEntry("a{}", "stale");
        }
    }

    @Test
    void aTargetWithMoreSeriesThanAnybodyHasFails() throws Exception {
        var page = new StringBuilder();
        for (int i = 0; i < 1001; i++) {
            page.append("a").append(i).append(" 1\n");
        }
        try (var target = FakeTarget.serving(page.toString());
                var scraping = Scraping.of(target, "")) {
            assertThat(scraping.failed()).hasSize(5);
        }
    }

    @Test
    void whatIsNoPageOfMetricsIsRefused() throws Exception {
        byte[] html = "<html></html>".getBytes(StandardCharsets.UTF_8);
        try (var target = FakeTarget.answering(FakeTarget.answer("200 OK", "Content-Type: text/html\r\n", html));
                var scraping = Scraping.of(target, "")) {
            scraping.failed();
            target.answer(FakeTarget.answer("200 OK", "Content-Type: text/plain\r\n", html));
            scraping.failed();
            target.serve("a 1\nb{ 2\n");
            assertThat(scraping.failed()).doesNotContainKey("a{}");
            target.answer(out -> out.write("nonsense\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
            scraping.failed();
            target.answer(out ->
                    out.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\na 1\n".getBytes(StandardCharsets.UTF_8)));
            scraping.failed();
            target.answer(FakeTarget.answer("200 OK", "", new byte[0]));
            assertThat(scraping.succeeded()).as("nothing to say").hasSize(5);
        }
    }

    @Test
    void anEndlessAndASlowAnswerEndAtTheTimeout() throws Exception {
        String head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n";
        try (var target = FakeTarget.answering(out -> {
                    out.write(head.getBytes(StandardCharsets.UTF_8));
                    while (true) {
                        out.write("# and so on and so on and so on and so on\n".getBytes(StandardCharsets.UTF_8));
                    }
                });
                var scraping = Scraping.of(target, "")) {
            scraping.failed();
            target.answer(out -> {
                for (byte each : (head + "a 1\n".repeat(1000)).getBytes(StandardCharsets.UTF_8)) {
                    out.write(each);
                    out.flush();
                    pause();
                }
            });
            scraping.failed();
            target.serve("a 1\n");
            scraping.succeeded();
        }
    }

    @Test
    void aThousandTargetsOfWhichMostNeverAnswerDoNotDelayTheOthers() throws Exception {
        try (var silent = FakeTarget.answering(out -> pauseLong());
                var target = FakeTarget.serving("a 1\n")) {
            String config = """
                    scrape_configs:
                      - job_name: test
                        scrape_interval: 1s
                        scrape_timeout: 1s
                        metrics_path: /metrics
                        file_sd_configs: [{files: [all.json]}]
                    """;
            var groups = new StringBuilder("[");
            for (int i = 0; i < 1000; i++) {
                groups.append(i == 0 ? "" : ",")
                        .append("{\"targets\":[\"")
                        .append(i < 10 ? target.address() : silent.address())
                        .append("\"],\"labels\":{\"number\":\"")
                        .append(i)
                        .append("\"}}");
            }
            Files.writeString(folder.resolve("all.json"), groups.append("]"));
            try (var scraping = Scraping.of(config, folder)) {
                Awaitility.await().until(() -> target.requests().size() >= 30);
                assertThat(silent.requests()).as("were asked meanwhile").hasSizeGreaterThan(100);
                var up = scraping.scrapes().stream()
                        .map(Scraping::shown)
                        .flatMap(scrape -> scrape.entrySet().stream())
                        .filter(entry -> entry.getKey().matches("up\\{number=\\d}"))
                        .map(Map.Entry::getValue)
                        .toList();
                assertThat(up).isNotEmpty().containsOnly("1");
            }
        }
    }

    private static FakeTarget.Answer json(String text) {
        return FakeTarget.answer("200 OK", "Content-Type: application/json\r\n", text.getBytes(StandardCharsets.UTF_8));
    }

    private static FakeTarget.Answer packed(String text, int times) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(bytes)) {
            for (int i = 0; i < times; i++) {
                gzip.write(text.getBytes(StandardCharsets.UTF_8));
            }
        }
        return FakeTarget.answer(
                "200 OK", "Content-Type: text/plain\r\nContent-Encoding: gzip\r\n", bytes.toByteArray());
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private static void pauseLong() throws IOException {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }
}
