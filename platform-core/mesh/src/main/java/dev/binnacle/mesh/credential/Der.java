package dev.binnacle.mesh.credential;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** As much of DER as older forms of private keys need. */
final class Der {
    private static final int SEQUENCE = 0x30;
    private static final int OCTETS = 0x04;
    private static final byte[] VERSION = {0x02, 0x01, 0x00};

    private Der() {}

    /**
     * Returns a key of PKCS #1 or SEC 1 as one of PKCS #8, which also tells the kind of key: that of the public key.
     *
     * @param publicKey the public key as certificates have it
     */
    static byte[] privateKey(byte[] publicKey, byte[] key) {
        byte[] kind = element(publicKey, contentAt(publicKey, 0));
        return encoded(SEQUENCE, VERSION, kind, encoded(OCTETS, key));
    }

    private static byte[] element(byte[] der, int at) {
        return Arrays.copyOfRange(der, at, contentAt(der, at) + length(der, at));
    }

    private static int contentAt(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        return at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private static int length(byte[] der, int at) {
        int first = der[at + 1] & 0xff;
        int length = first < 0x80 ? first : 0;
        for (int i = at + 2; i < contentAt(der, at); i++) {
            length = length << 8 | der[i] & 0xff;
        }
        return length;
    }

    private static byte[] encoded(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        var out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length >= 0x100) {
            out.write(0x82);
            out.write(length >> 8);
        } else if (length >= 0x80) {
            out.write(0x81);
        }
        out.write(length);
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }
}
