package dev.binnacle.plugin.collectors.prometheus.query;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/** Walks through JSON of a known shape. */
final class JsonFields {
    /** Reads the value of a field: all of it, or nothing of it. */
    interface Reader {
        /** Called with the parser at the value's first token; false when the field is none to read. */
        boolean read(String field) throws IOException;
    }

    /** Reads an element of a list, with the parser at its first token. */
    interface ElementReader {
        void read() throws IOException;
    }

    private JsonFields() {}

    /** Reads the object that the parser is at, to its end; fields that the reader does not want are skipped. */
    static void object(JsonParser json, String what, Reader reader) throws IOException {
        require(json, JsonToken.START_OBJECT, what);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String field = json.currentName();
            json.nextToken();
            if (!reader.read(field)) {
                json.skipChildren();
            }
        }
    }

    /** Reads the list that the parser is at, to its end. */
    static void list(JsonParser json, String what, ElementReader reader) throws IOException {
        require(json, JsonToken.START_ARRAY, what);
        while (json.nextToken() != JsonToken.END_ARRAY) {
            reader.read();
        }
    }

    static String text(JsonParser json, String what) throws IOException {
        require(json, JsonToken.VALUE_STRING, what);
        return json.getText();
    }

    static void require(JsonParser json, JsonToken token, String what) throws IOException {
        if (json.currentToken() != token) {
            throw new AnswerException(
                    "the answer is not one of Prometheus' API: " + what + " is not where it should be");
        }
    }
}
