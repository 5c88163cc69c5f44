package dev.binnacle.mesh.xds;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.envoyproxy.envoy.config.trace.v3.OpenTelemetryConfig;

/** Takes the values of the headers that go along with spans out of what people see: they may be keys of whoever receives spans. */
final class HiddenHeaders {
    private static final String TYPE = OpenTelemetryConfig.getDescriptor().getFullName();

    private HiddenHeaders() {}

    static void hide(JsonElement node) {
        if (node.isJsonArray()) {
            node.getAsJsonArray().forEach(HiddenHeaders::hide);
        } else if (node.isJsonObject()) {
            var object = node.getAsJsonObject();
            if (isReceiver(object)) {
                hideValues(object);
            } else {
                object.entrySet().forEach(field -> hide(field.getValue()));
            }
        }
    }

    private static boolean isReceiver(JsonObject object) {
        var type = object.get("@type");
        return type != null && type.getAsString().endsWith("/" + TYPE);
    }

    private static void hideValues(JsonElement node) {
        if (node.isJsonArray()) {
            node.getAsJsonArray().forEach(HiddenHeaders::hideValues);
        } else if (node.isJsonObject()) {
            var object = node.getAsJsonObject();
            if (object.has("key") && object.has("value")) {
                object.addProperty("value", ResourcesJson.REDACTED);
            } else {
                object.entrySet().forEach(field -> hideValues(field.getValue()));
            }
        }
    }
}
