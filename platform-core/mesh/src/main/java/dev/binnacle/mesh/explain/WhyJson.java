package dev.binnacle.mesh.explain;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import dev.binnacle.mesh.explain.Explanation.Answer;
import java.time.Duration;

/** The form of an {@link Answer} that other tools read; its fields stay. */
public final class WhyJson {
    private WhyJson() {}

    /** Returns the answer as JSON that ends with a line break; fields without a value are null, times are as in {@code 1.5s}. */
    public static String write(Answer answer) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .registerTypeAdapter(Duration.class, (JsonSerializer<Duration>)
                                (time, type, context) -> new JsonPrimitive(Times.write(time)))
                        .create()
                        .toJson(answer)
                + "\n";
    }
}
