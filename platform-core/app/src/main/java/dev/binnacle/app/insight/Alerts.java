package dev.binnacle.app.insight;

import dev.binnacle.app.config.AlertmanagerConfig;
import dev.binnacle.insight.alert.Alert;
import dev.binnacle.insight.alert.Owners;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;

/** Alerts, as Alertmanager has them now. Everybody who asks within a few seconds gets the same. For any thread. */
@ApplicationScoped
public class Alerts {
    private static final int KEPT = 4;

    private final Shared<Instant, Found> last = new Shared<>(KEPT);
    private final Pictures pictures;
    private final Asking asking;

    /** @param gaps what could not be learned, one sentence each */
    record Found(List<String> gaps, List<Alert> alerts) {
        /** Returns whether it is known which alerts there are. */
        boolean known() {
            return gaps.isEmpty();
        }

        List<Alert> firing() {
            return alerts.stream()
                    .filter(alert -> alert.state() == Alert.State.FIRING)
                    .toList();
        }
    }

    Alerts(Pictures pictures, AlertmanagerConfig alertmanager, InsightConfig insight) {
        this.pictures = pictures;
        this.asking =
                new Asking(Asking.Server.at(alertmanager.url(), "Alertmanager", "binnacle.alertmanager.url"), insight);
    }

    @PreDestroy
    void stop() {
        asking.close();
    }

    Found now() {
        return last.of(pictures.lately(), at -> find());
    }

    private Found find() {
        var owners = new Owners(pictures.declared());
        var request = HttpRequest.newBuilder(asking.server().path("/api/v2/alerts"))
                .timeout(asking.timeout())
                .build();
        return asking.one(
                request,
                (status, body) -> new Found(List.of(), AlertmanagerAnswer.read(body, owners)),
                reason -> new Found(List.of("Alerts not known: " + reason), List.of()));
    }
}
