package dev.binnacle.plugin.exporter.otlp;

import dev.binnacle.spi.model.Labels;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/** What targets say about themselves in {@code target_info}, which may come in another batch than what they measure. */
final class Targets {
    private static final int MOST = 50_000;

    private final Map<Target, Labels> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Target, Labels> eldest) {
            return size() > MOST;
        }
    };

    void learn(Target target, Labels about) {
        known.put(target, about);
    }

    void forget(Target target) {
        known.remove(target);
    }

    Resource resource(Target target) {
        var resource = Resource.newBuilder();
        if (!target.job().isEmpty()) {
            resource.addAttributes(Attributes.of("service.name", target.job()));
        }
        if (!target.instance().isEmpty()) {
            resource.addAttributes(Attributes.of("service.instance.id", target.instance()));
        }
        var about = known.get(target);
        return about == null
                ? resource.build()
                : resource.addAllAttributes(Attributes.of(about)).build();
    }
}
