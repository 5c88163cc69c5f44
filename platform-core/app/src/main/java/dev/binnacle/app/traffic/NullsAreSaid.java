package dev.binnacle.app.traffic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.binnacle.mesh.traffic.Routing;
import io.quarkus.jackson.ObjectMapperCustomizer;
import jakarta.inject.Singleton;

/** What is not known about a routing is null in its JSON; elsewhere what is absent is left out. */
@Singleton
public class NullsAreSaid implements ObjectMapperCustomizer {
    @Override
    public void customize(ObjectMapper mapper) {
        var always = JsonInclude.Value.construct(JsonInclude.Include.ALWAYS, JsonInclude.Include.ALWAYS);
        mapper.configOverride(Routing.class).setInclude(always);
        for (var part : Routing.class.getDeclaredClasses()) {
            mapper.configOverride(part).setInclude(always);
        }
    }
}
