package dev.binnacle.plugin.exporters.prometheus.write;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads messages of both versions by protobuf's own reader. */
final class ReceivedMessage {
    /** A sample with its series as PromQL writes it, and what 2.0 says about the metric. */
    record Received(List<String> labels, long bits, long millis, int type, String help, String unit) {
        String series() {
            var pairs = new TreeMap<String, String>();
            for (int i = 0; i < labels.size(); i += 2) {
                pairs.put(labels.get(i), labels.get(i + 1));
            }
            var text = new StringBuilder(pairs.remove("__name__")).append('{');
            pairs.forEach((name, value) -> text.append(text.charAt(text.length() - 1) == '{' ? "" : ",")
                    .append(name)
                    .append("=\"")
                    .append(value)
                    .append('"'));
            return text.append('}').toString();
        }

        double value() {
            return Double.longBitsToDouble(bits);
        }
    }

    private final List<String> symbols = new ArrayList<>();
    private final List<Received> samples = new ArrayList<>();

    private ReceivedMessage() {}

    static List<Received> readOne(byte[] bytes) throws IOException {
        var message = new ReceivedMessage();
        message.fields(bytes, 1, message::seriesOfOne);
        return message.samples;
    }

    /** Returns number of the type, name, help and unit of each family in a message of 1.0. */
    static List<String> metadataOfOne(byte[] bytes) throws IOException {
        var families = new ArrayList<String>();
        new ReceivedMessage().fields(bytes, 3, family -> {
            var in = CodedInputStream.newInstance(family);
            var texts = new TreeMap<Integer, String>();
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                texts.put(tag >>> 3, tag >>> 3 == 1 ? "" + in.readEnum() : in.readString());
            }
            families.add(texts.toString());
        });
        return families;
    }

    static List<Received> readTwo(byte[] bytes) throws IOException {
        var message = new ReceivedMessage();
        message.fields(
                bytes, 4, text -> message.symbols.add(ByteString.copyFrom(text).toStringUtf8()));
        message.fields(bytes, 5, message::seriesOfTwo);
        return message.samples;
    }

    private interface Reader {
        void read(byte[] content) throws IOException;
    }

    private void fields(byte[] bytes, int wanted, Reader reader) throws IOException {
        var in = CodedInputStream.newInstance(bytes);
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (tag >>> 3 == wanted) {
                reader.read(in.readByteArray());
            } else {
                in.skipField(tag);
            }
        }
    }

    private void seriesOfOne(byte[] series) throws IOException {
        var labels = new ArrayList<String>();
        fields(series, 1, label -> {
            fields(label, 1, name -> labels.add(ByteString.copyFrom(name).toStringUtf8()));
            fields(label, 2, value -> labels.add(ByteString.copyFrom(value).toStringUtf8()));
        });
        fields(series, 2, sample -> add(labels, sample, new int[3]));
    }

    private void seriesOfTwo(byte[] series) throws IOException {
        var labels = new ArrayList<String>();
        fields(series, 1, refs -> {
            var in = CodedInputStream.newInstance(refs);
            while (!in.isAtEnd()) {
                labels.add(symbols.get(in.readUInt32()));
            }
        });
        int[] about = new int[3];
        fields(series, 5, metadata -> {
            var in = CodedInputStream.newInstance(metadata);
            for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
                about[Math.max(0, (tag >>> 3) - 2)] = in.readUInt32();
            }
        });
        fields(series, 2, sample -> add(labels, sample, about));
    }

    private void add(List<String> labels, byte[] sample, int[] about) throws IOException {
        var in = CodedInputStream.newInstance(sample);
        long bits = 0;
        long millis = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            switch (tag >>> 3) {
                case 1 -> bits = in.readFixed64();
                case 2 -> millis = in.readInt64();
                default -> in.skipField(tag);
            }
        }
        samples.add(new Received(labels, bits, millis, about[0], symbol(about[1]), symbol(about[2])));
    }

    private String symbol(int reference) {
        return symbols.isEmpty() ? "" : symbols.get(reference);
    }
}
