package dev.binnacle.local.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** A folder of shell scripts that stand in for the programs on {@code PATH}. */
final class StandIn {
    private final Path bin;

    StandIn(Path bin) throws IOException {
        this.bin = Files.createDirectories(bin);
    }

    /** Puts a program on the path; the script sees its arguments as a shell script does. */
    StandIn program(String name, String script) throws IOException {
        script(bin.resolve(name), script);
        return this;
    }

    /** Writes an executable script. */
    static Path script(Path file, String script) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        if (!file.toFile().setExecutable(true)) {
            throw new IOException("not executable: " + file);
        }
        return file;
    }

    /** Returns an environment in which only these programs and the system's basic ones are found. */
    Map<String, String> environment() throws IOException {
        Path basics = bin.resolveSibling("basics");
        Files.createDirectories(basics);
        for (String name : new String[] {
            "sh", "cat", "dirname", "readlink", "cp", "mkdir", "touch", "chmod", "printf", "echo", "tar", "gzip", "ls"
        }) {
            Path real = Path.of("/bin", name);
            if (Files.exists(real)) {
                script(basics.resolve(name), "exec " + real + " \"$@\"");
            }
        }
        var environment = new HashMap<String, String>();
        environment.put("PATH", bin + ":" + basics);
        environment.put("HOME", bin.getParent().toString());
        return environment;
    }

    Tool tool() throws IOException {
        return new Tool(environment());
    }
}
