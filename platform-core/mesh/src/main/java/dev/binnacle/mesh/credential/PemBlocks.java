package dev.binnacle.mesh.credential;

import dev.binnacle.mesh.ir.Hidden;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** The blocks of a PEM text. */
final class PemBlocks {
    /** One block. */
    record Block(String label, byte[] der) {}

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,40})-----([^-]*)-----END ([A-Z0-9 ]{1,40})-----");
    private static final Pattern SPACE = Pattern.compile("\\s");

    private PemBlocks() {}

    /** Returns the blocks in order; there is at least one. */
    static List<Block> read(Hidden text) throws UnusableException {
        String pem = new String(text.reveal(), StandardCharsets.ISO_8859_1);
        var blocks = new ArrayList<Block>();
        var found = BLOCK.matcher(pem);
        while (found.find()) {
            blocks.add(block(found.group(1), found.group(2), found.group(3)));
        }
        long begun = pem.split("-----BEGIN ", -1).length - 1;
        if (begun > blocks.size()) {
            throw new UnusableException("it is cut short: a block of PEM begins and does not end");
        }
        if (blocks.isEmpty()) {
            throw new UnusableException("it is no PEM text: nothing begins with -----BEGIN");
        }
        return List.copyOf(blocks);
    }

    private static Block block(String begun, String body, String ended) throws UnusableException {
        if (!begun.equals(ended)) {
            throw new UnusableException("a block of PEM ends as another than it began");
        }
        if (begun.startsWith("ENCRYPTED") || body.contains("ENCRYPTED")) {
            throw new UnusableException("the key is encrypted, and nobody could type its password");
        }
        try {
            return new Block(
                    begun, Base64.getDecoder().decode(SPACE.matcher(body).replaceAll("")));
        } catch (IllegalArgumentException e) {
            throw new UnusableException("a block of PEM is not Base64");
        }
    }
}
