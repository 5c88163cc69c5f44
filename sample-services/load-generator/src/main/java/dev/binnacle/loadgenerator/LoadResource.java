package dev.binnacle.loadgenerator;

import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import org.jspecify.annotations.Nullable;

/** Shows and changes the rate while the generator runs: {@code {"rate":0}} pauses it. */
@Path("/api/load")
class LoadResource {
    private final Generator generator;

    LoadResource(Generator generator) {
        this.generator = generator;
    }

    /** What can be changed: requests per second, from 0 to 1000. */
    record Load(@Nullable Double rate) {}

    /** Returns the rate. */
    @GET
    public Load load() {
        return new Load(generator.rate());
    }

    /** Changes the rate and returns it. */
    @PUT
    public Load load(@Nullable Load wanted) {
        if (wanted == null || wanted.rate() == null) {
            throw new BadRequestException("a load looks like {\"rate\":10}");
        }
        try {
            generator.rate(wanted.rate());
        } catch (IllegalArgumentException e) {
            throw new BadRequestException(e.getMessage(), e);
        }
        return load();
    }
}
