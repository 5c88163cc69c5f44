package dev.binnacle.mesh.schema;

import dev.binnacle.mesh.diagnostic.DiagnosticCode;
import dev.binnacle.mesh.diagnostic.Place;
import dev.binnacle.mesh.diagnostic.Problems;
import dev.binnacle.mesh.yaml.ScalarType;
import dev.binnacle.mesh.yaml.YamlNode;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/** Compares a YAML value with the shape it should have and reports every field that does not fit or takes no effect. */
public final class ShapeChecker {
    private final Problems problems;

    public ShapeChecker(Problems problems) {
        this.problems = problems;
    }

    /** Checks {@code node} against {@code shape}. */
    public void check(YamlNode node, Shape shape, Place at) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            wrongType(node, at, "a mapping (" + shape.name() + ")");
            return;
        }
        for (var entry : mapping.entries()) {
            var place = at.field(entry.key(), entry.line());
            shape.field(entry.key())
                    .ifPresentOrElse(
                            field -> checkField(entry.value(), field, place), () -> unknown(entry.key(), shape, place));
        }
        shape.fields().stream()
                .filter(f -> f.required() && mapping.get(f.name()).isEmpty())
                .forEach(f -> problems.add(
                        DiagnosticCode.MISSING_FIELD,
                        at,
                        shape.name() + " needs the field " + f.name(),
                        "Add " + f.name()));
        shape.exclusive().forEach(group -> checkExclusive(mapping, group, at));
        shape.rules().forEach(rule -> rule.check(new Section(mapping, at), problems));
    }

    private void checkField(YamlNode value, Field field, Place at) {
        if (value.isNull()) {
            return;
        }
        switch (field.support()) {
            case SUPPORTED -> checkType(value, field.type(), at);
            case CLUSTER_ONLY -> {}
            case IGNORED ->
                problems.add(
                        DiagnosticCode.FIELD_IGNORED,
                        at,
                        field.name() + " takes no effect here: " + field.note(),
                        "Remove it, or expect it to act in a cluster only");
            case REJECTED ->
                problems.add(
                        DiagnosticCode.FIELD_REJECTED,
                        at,
                        field.name() + " is not supported: " + field.note(),
                        "Remove it; the whole resource takes no effect until then");
        }
    }

    private void checkType(YamlNode value, FieldType type, Place at) {
        switch (type) {
            case FieldType.Any any -> {}
            case FieldType.Secret secret -> hidden(value, at);
            case FieldType.Text(int least, boolean control) -> text(value, least, control, at);
            case FieldType.Name name ->
                syntax(value, LabelSyntax::isValue, "a name of letters, digits, dashes, dots and underscores", at);
            case FieldType.Subset subset ->
                syntax(value, LabelSyntax::isHostLabel, "the name of a subset: letters, digits and dashes", at);
            case FieldType.Namespace namespace -> syntax(value, LabelSyntax::isLabel, "the name of a namespace", at);
            case FieldType.Gateway gateway ->
                syntax(value, ShapeChecker::isGateway, "the name of a gateway, or namespace/name", at);
            case FieldType.Host host ->
                syntax(value, text -> isHost(text, host), "a host name, \"*\" or \"*.\" and a host name", at);
            case FieldType.Subdomain(boolean wildcard) ->
                syntax(
                        value,
                        text -> LabelSyntax.isName(wildcard && text.startsWith("*.") ? text.substring(2) : text),
                        "a name of lower-case letters, digits, dashes and dots"
                                + (wildcard ? ", perhaps with \"*.\" before it" : ""),
                        at);
            case FieldType.Regex(boolean orStar) -> regex(value, orStar, at);
            case FieldType.Subnet subnet -> syntax(value, Subnets::isSubnet, "an address or a CIDR block", at);
            case FieldType.Percent percent -> percent(value, at);
            case FieldType.Span(int least) -> duration(value, least, at);
            case FieldType.Choice(var words) -> choice(value, words, at);
            case FieldType.Flag flag -> scalar(value, ScalarType.BOOLEAN, "true or false", at);
            case FieldType.Whole(long min, long max) -> whole(value, min, max, at);
            case FieldType.Decimal(double min, double max) -> decimal(value, min, max, at);
            case FieldType.PortOrName port -> portOrName(value, at);
            case FieldType.Section(Shape shape) -> check(value, shape, at);
            case FieldType.ListOf(FieldType item) -> list(value, item, at);
            case FieldType.Labels(boolean wanted) -> labels(value, wanted, at);
            case FieldType.MapOf(FieldType item) -> map(value, item, at);
        }
    }

    private void list(YamlNode value, FieldType item, Place at) {
        if (!(value instanceof YamlNode.Sequence sequence)) {
            wrongType(value, at, "a list");
            return;
        }
        for (int i = 0; i < sequence.items().size(); i++) {
            var node = sequence.items().get(i);
            checkType(node, item, at.item(i, node.line()));
        }
    }

    private void map(YamlNode value, FieldType item, Place at) {
        if (!(value instanceof YamlNode.Mapping mapping)) {
            wrongType(value, at, "a mapping");
            return;
        }
        mapping.entries().forEach(e -> checkType(e.value(), item, at.field(e.key(), e.line())));
    }

    private void labels(YamlNode value, boolean wanted, Place at) {
        if (!(value instanceof YamlNode.Mapping mapping)) {
            wrongType(value, at, "a mapping");
            return;
        }
        mapping.entries().forEach(e -> {
            var place = at.field(e.key(), e.line());
            if (wanted) {
                wanted(e.key(), e.value(), place);
            } else {
                label(e.key(), e.value(), place);
            }
        });
    }

    private void wanted(String name, YamlNode value, Place at) {
        if (name.isEmpty()
                || name.contains("*")
                || value instanceof YamlNode.Scalar s && s.text().contains("*")) {
            badValue(at, "a selector knows no wildcards and no empty names", "Name a label and its value");
        }
        if (!value.isNull()) {
            text(value, 0, false, at);
        }
    }

    private void label(String name, YamlNode value, Place at) {
        if (!LabelSyntax.isKey(name)) {
            problems.add(
                    DiagnosticCode.BAD_NAME,
                    at,
                    "\"" + name + "\" is not the name of a label" + Lookalikes.in(name),
                    "It has at most 63 letters, digits, dots, dashes and underscores, perhaps a domain and a slash before");
        }
        if (!value.isNull() && text(value, at)) {
            String text = ((YamlNode.Scalar) value).text();
            if (!text.isEmpty() && !LabelSyntax.isValue(text)) {
                problems.add(
                        DiagnosticCode.BAD_NAME,
                        at,
                        "the label " + name + " has the value \"" + text + "\"" + Lookalikes.in(text),
                        "A label's value has at most 63 letters, digits, dots, dashes and underscores");
            }
        }
    }

    private boolean text(YamlNode value, Place at) {
        if (value instanceof YamlNode.Scalar s && s.type() == ScalarType.STRING) {
            return true;
        }
        if (value instanceof YamlNode.Scalar s) {
            problems.add(
                    DiagnosticCode.NOT_A_STRING,
                    at,
                    "a text is needed here, and YAML 1.1 reads " + (s.text().isEmpty() ? "this" : s.text()) + " as "
                            + s.describe(),
                    "Quote it: \"" + s.text() + "\"");
        } else {
            wrongType(value, at, "a text");
        }
        return false;
    }

    /** What it is instead is not said either: a number may be a password. */
    private void hidden(YamlNode value, Place at) {
        if (!value.isNull() && !(value instanceof YamlNode.Scalar s && s.type() == ScalarType.STRING)) {
            problems.add(
                    DiagnosticCode.NOT_A_STRING,
                    at,
                    "a text is needed here, and YAML 1.1 reads something else",
                    "Quote it");
        }
    }

    private void text(YamlNode value, int least, boolean control, Place at) {
        if (!text(value, at)) {
            return;
        }
        String text = ((YamlNode.Scalar) value).text();
        if (text.length() < least) {
            badValue(at, "the text is empty", "Write one, or remove the field");
        } else if (!control && text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            badValue(at, "the text has a line break or another control character", "Write it on one line");
        }
    }

    private void syntax(YamlNode value, Predicate<String> rule, String wanted, Place at) {
        if (text(value, at) && !rule.test(((YamlNode.Scalar) value).text())) {
            String text = ((YamlNode.Scalar) value).text();
            badValue(at, "\"" + text + "\" is not " + wanted + Lookalikes.in(text), "Correct the spelling");
        }
    }

    private static boolean isGateway(String text) {
        int slash = text.indexOf('/');
        String name = text.substring(slash + 1);
        return slash < 0
                ? LabelSyntax.isFullName(name)
                : LabelSyntax.isLabel(text.substring(0, slash)) && LabelSyntax.isLabel(name);
    }

    private static boolean isHost(String text, FieldType.Host type) {
        int slash = type.scoped() ? text.indexOf('/') : -1;
        String host = text.substring(slash + 1);
        return (slash < 0 || isScope(text.substring(0, slash)))
                && (LabelSyntax.isHost(host) || type.address() && Subnets.isAddress(host))
                && (!type.scoped() || isWholeLabels(host));
    }

    /** A wildcard within a label is nothing to gateways. */
    private static boolean isWholeLabels(String host) {
        return host.equals("*") || host.startsWith("*.") || !host.contains("*");
    }

    private static boolean isScope(String namespace) {
        return namespace.equals("*") || namespace.equals(".") || LabelSyntax.isLabel(namespace);
    }

    private void regex(YamlNode value, boolean orStar, Place at) {
        if (!text(value, at)) {
            return;
        }
        String regex = ((YamlNode.Scalar) value).text();
        if (!orStar || !regex.equals("*")) {
            RegexCheck.check(regex, at, problems);
        }
    }

    private void duration(YamlNode value, int least, Place at) {
        if (!(value instanceof YamlNode.Scalar s)) {
            wrongType(value, at, "a duration such as 5s");
            return;
        }
        var duration = Scalars.duration(s.text());
        if (duration.isEmpty()) {
            badValue(at, "\"" + s.text() + "\" is not a duration", "Write a number with a unit: 500ms, 1.5s, 1h30m");
        } else if (duration.get().compareTo(Duration.ofMillis(least)) < 0) {
            badValue(at, s.text() + " is shorter than a millisecond", "Use at least 1ms, or remove the field");
        } else if (duration.get().getNano() % 1_000_000 != 0) {
            badValue(at, s.text() + " is finer than Istio's milliseconds", "Use whole milliseconds");
        }
    }

    private void choice(YamlNode value, List<String> words, Place at) {
        if (text(value, at) && value instanceof YamlNode.Scalar s && !words.contains(s.text())) {
            badValue(at, "\"" + s.text() + "\" is not one of " + String.join(", ", words), nearest(s.text(), words));
        }
    }

    private void whole(YamlNode value, long min, long max, Place at) {
        if (!scalar(value, ScalarType.INTEGER, "a whole number", at)) {
            return;
        }
        String text = ((YamlNode.Scalar) value).text();
        if (Scalars.whole(text).filter(n -> n >= min && n <= max).isEmpty()) {
            badValue(at, text + " is not between " + min + " and " + max, "Use a number in that range");
        }
    }

    private void percent(YamlNode value, Place at) {
        boolean number = value instanceof YamlNode.Scalar s
                && (s.type() == ScalarType.INTEGER || s.type() == ScalarType.DECIMAL);
        if (!number) {
            wrongType(value, at, "a number of percent");
            return;
        }
        String text = ((YamlNode.Scalar) value).text();
        if (Scalars.decimal(text).filter(n -> n == 0 || n >= 0.0001 && n <= 100).isEmpty()) {
            badValue(at, text + " is neither 0 nor between 0.0001 and 100", "Use a number of percent in that range");
        }
    }

    private void decimal(YamlNode value, double min, double max, Place at) {
        if (!(value instanceof YamlNode.Scalar s) || s.type() != ScalarType.INTEGER && s.type() != ScalarType.DECIMAL) {
            wrongType(value, at, "a number");
        } else if (Scalars.decimal(s.text()).filter(n -> n >= min && n <= max).isEmpty()) {
            badValue(at, s.text() + " is not between " + min + " and " + max, "Use a number in that range");
        }
    }

    private void portOrName(YamlNode value, Place at) {
        if (!(value instanceof YamlNode.Scalar s) || s.type() != ScalarType.STRING) {
            whole(value, 1, 65535, at);
        } else if (!LabelSyntax.isLabel(s.text()) || s.text().chars().allMatch(c -> c >= '0' && c <= '9')) {
            badValue(
                    at,
                    "\"" + s.text() + "\" is neither a port number nor a port's name",
                    "Write a number without quotes, or a name of lower-case letters, digits and dashes");
        }
    }

    private boolean scalar(YamlNode value, ScalarType type, String wanted, Place at) {
        if (value instanceof YamlNode.Scalar s && s.type() == type) {
            return true;
        }
        wrongType(value, at, wanted);
        return false;
    }

    private void checkExclusive(YamlNode.Mapping mapping, List<String> group, Place at) {
        var set = group.stream().filter(f -> mapping.get(f).isPresent()).toList();
        if (set.size() > 1) {
            problems.add(
                    DiagnosticCode.EXCLUSIVE_FIELDS,
                    at,
                    "only one of " + String.join(", ", group) + " may be set, here are " + String.join(" and ", set),
                    "Keep one of them");
        }
    }

    private void unknown(String key, Shape shape, Place at) {
        var names = shape.fields().stream().map(Field::name).sorted().toList();
        problems.add(DiagnosticCode.UNKNOWN_FIELD, at, shape.name() + " has no field " + key, nearest(key, names));
    }

    private static String nearest(String word, List<String> known) {
        return Spelling.nearest(word, known)
                .map(n -> "Did you mean " + n + "?")
                .orElse(known.size() > 12 ? "Check the spelling" : "Known are " + String.join(", ", known));
    }

    private void wrongType(YamlNode value, Place at, String wanted) {
        problems.add(
                DiagnosticCode.WRONG_TYPE,
                at,
                wanted + " is needed here, not " + value.describe(),
                "Correct the value");
    }

    private void badValue(Place at, String message, String fix) {
        problems.add(DiagnosticCode.BAD_VALUE, at, message, fix);
    }
}
