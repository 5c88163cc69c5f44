package @package@;

import dev.binnacle.spi.FailureKind;
import dev.binnacle.spi.collect.CollectionException;
import dev.binnacle.spi.collect.Collector;
import dev.binnacle.spi.model.Labels;
import dev.binnacle.spi.model.MetricFamily;
import dev.binnacle.spi.model.Sample;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Asks one page for a number. */
final class @Class@Collector implements Collector {
    private static final MetricFamily VALUE =
            MetricFamily.gauge("@metric@_value", "", "The number that the page showed");

    private final HttpClient http;
    private final URI url;
    private final Duration timeout;

    @Class@Collector(HttpClient http, URI url, Duration timeout) {
        this.http = http;
        this.url = url;
        this.timeout = timeout;
    }

    @Override
    public List<Sample> collect(Instant at) throws CollectionException, InterruptedException {
        String text = page().strip();
        try {
            return List.of(VALUE.sample(Labels.EMPTY, Double.parseDouble(text), at));
        } catch (NumberFormatException e) {
            String shown = text.substring(0, Math.min(text.length(), 40));
            throw new CollectionException(FailureKind.TRANSIENT, url + " shows no number but '" + shown + "'", e);
        }
    }

    private String page() throws CollectionException, InterruptedException {
        try {
            var request = HttpRequest.newBuilder(url).timeout(timeout).build();
            var response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new CollectionException(FailureKind.TRANSIENT, url + " answered " + response.statusCode(), null);
            }
            return response.body();
        } catch (IOException e) {
            throw new CollectionException(FailureKind.TRANSIENT, url + " does not answer: " + e, e);
        }
    }

    @Override
    public void close() {
        // The client is the host's.
    }
}
