package dev.binnacle.local.pod;

import dev.binnacle.local.ProblemException;
import dev.binnacle.mesh.kubernetes.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The command that starts a workload's application on this machine.
 *
 * <p>The annotation {@code binnacle.dev/local-command} says it; without one it is the runnable jar of the module with the
 * Deployment's name, or with the name in its label {@code app}.
 */
public final class LocalCommand {
    /** The annotation on a Deployment. */
    public static final String ANNOTATION = "binnacle.dev/local-command";

    private static final String JAVA = "{java}";

    private LocalCommand() {}

    /**
     * Returns the words of the command, to be run from the clone's top folder.
     *
     * @param hosts the pod's hosts file
     * @throws ProblemException when nothing says how to start it
     */
    public static List<String> of(Workload workload, Path clone, Path hosts, JavaCommand java) {
        @Nullable String written = workload.annotations().get(ANNOTATION);
        List<String> words = written == null ? List.of(JAVA, "-jar", jar(workload, clone)) : words(workload, written);
        return words.stream()
                .flatMap(word -> word.equals(JAVA) ? java.forPod(hosts, jarIn(words, clone)).stream() : Stream.of(word))
                .toList();
    }

    private static List<String> words(Workload workload, String written) {
        try {
            List<String> words = ShellWords.split(written);
            if (words.isEmpty()) {
                throw new IllegalArgumentException("it is empty");
            }
            return words;
        } catch (IllegalArgumentException e) {
            throw ProblemException.no(
                    at(workload) + "annotation " + ANNOTATION + ": " + e.getMessage(),
                    "Write one command line, for example `{java} -jar build/service.jar`.");
        }
    }

    private static String jar(Workload workload, Path clone) {
        var modules = Stream.of(workload.name(), workload.labels().getOrDefault("app", workload.name()))
                .distinct()
                .toList();
        return modules.stream()
                .map(module -> Path.of("sample-services", module, "target", "quarkus-app", "quarkus-run.jar"))
                .map(clone::resolve)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Path::toString)
                .orElseThrow(() -> ProblemException.no(
                        at(workload) + "nothing says how to start it here: there is no runnable jar in sample-services/"
                                + String.join(" or sample-services/", modules),
                        "Build the module, or say how with the annotation " + ANNOTATION + " on the Deployment."));
    }

    private static @Nullable Path jarIn(List<String> words, Path clone) {
        int flag = words.indexOf("-jar");
        return flag < 0 || flag + 1 >= words.size() ? null : clone.resolve(words.get(flag + 1));
    }

    private static String at(Workload workload) {
        return workload.file() + ":" + workload.line() + " Deployment " + workload.namespace() + "/" + workload.name()
                + ": ";
    }
}
