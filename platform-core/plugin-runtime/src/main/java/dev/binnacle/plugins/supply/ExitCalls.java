package dev.binnacle.plugins.supply;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Finds the methods of a class that end the whole program, called outright or by a method reference.
 *
 * <p>A library's own method for it, which does harm only to who calls it, counts as the call: not the library is named, but its caller.
 */
final class ExitCalls extends ClassVisitor {
    private static final String GUAVA = "com/google/common/util/concurrent/UncaughtExceptionHandlers";

    private static final Map<String, Set<String>> ENDS = Map.of(
            "java/lang/System",
            Set.of("exit"),
            "java/lang/Runtime",
            Set.of("exit", "halt"),
            "sun/misc/Signal",
            Set.of("raise"),
            GUAVA,
            Set.of("systemExit"));

    /** The names above as a constant pool holds them: a tag, two bytes of length, the text. */
    private static final List<byte[]> MARKS = ENDS.values().stream()
            .flatMap(Set::stream)
            .distinct()
            .map(ExitCalls::mark)
            .toList();

    /** Before this version a name could be written in several ways, and the marks would miss some. */
    private static final int STRICT_NAMES = 48;

    private final Set<String> found = new LinkedHashSet<>();
    private String type = "";

    private ExitCalls() {
        super(Opcodes.ASM9);
    }

    /**
     * Returns them as {@code demo.Main.stop calls System.exit}.
     *
     * @throws RuntimeException when the bytes are not a class
     */
    static Set<String> in(byte[] classFile, int version) {
        if (version >= STRICT_NAMES && !mentions(classFile)) {
            return Set.of();
        }
        var calls = new ExitCalls();
        new ClassReader(classFile).accept(calls, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        return calls.found;
    }

    @Override
    public void visit(int version, int access, String name, String signature, String superName, String[] interfaces) {
        type = name;
    }

    @Override
    public @Nullable MethodVisitor visitMethod(
            int access, String method, String descriptor, String signature, String[] thrown) {
        if (type.equals(GUAVA) && ends(type, method)) {
            return super.visitMethod(access, method, descriptor, signature, thrown);
        }
        return new MethodVisitor(Opcodes.ASM9) {
            @Override
            public void visitMethodInsn(int opcode, String owner, String name, String type, boolean ofInterface) {
                look(method, owner, name);
            }

            @Override
            public void visitInvokeDynamicInsn(String name, String type, Handle bootstrap, Object... arguments) {
                for (Object argument : arguments) {
                    look(method, argument);
                }
            }

            @Override
            public void visitLdcInsn(Object value) {
                look(method, value);
            }
        };
    }

    private void look(String method, Object constant) {
        if (constant instanceof Handle handle) {
            look(method, handle.getOwner(), handle.getName());
        }
    }

    private void look(String method, String owner, String name) {
        if (ends(owner, name)) {
            found.add(type.replace('/', '.') + "." + method + " calls " + owner.substring(owner.lastIndexOf('/') + 1)
                    + "." + name);
        }
    }

    private static boolean ends(String owner, String name) {
        return ENDS.getOrDefault(owner, Set.of()).contains(name);
    }

    private static boolean mentions(byte[] classFile) {
        for (byte[] mark : MARKS) {
            if (contains(classFile, mark)) {
                return true;
            }
        }
        return false;
    }

    private static boolean contains(byte[] bytes, byte[] part) {
        for (int at = 0; at <= bytes.length - part.length; at++) {
            int same = 0;
            while (same < part.length && bytes[at + same] == part[same]) {
                same++;
            }
            if (same == part.length) {
                return true;
            }
        }
        return false;
    }

    private static byte[] mark(String name) {
        return ("\u0001\u0000" + (char) name.length() + name).getBytes(StandardCharsets.ISO_8859_1);
    }
}
