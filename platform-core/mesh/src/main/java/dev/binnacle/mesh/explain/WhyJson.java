package dev.binnacle.mesh.explain;

import com.google.gson.GsonBuilder;
import dev.binnacle.mesh.explain.Explanation.Answer;

/** The form of an {@link Answer} that other tools read; its fields stay. */
public final class WhyJson {
    private WhyJson() {}

    /** Returns the answer as JSON that ends with a line break; fields without a value are null. */
    public static String write(Answer answer) {
        return new GsonBuilder()
                        .setPrettyPrinting()
                        .disableHtmlEscaping()
                        .serializeNulls()
                        .create()
                        .toJson(answer)
                + "\n";
    }
}
