package dev.binnacle.plugins.supply;

/**
 * One entry of a zip as the directory at its end describes it.
 *
 * @param name with {@code /} between the parts; a folder's ends with one
 * @param method how it is packed: 0 as it is, 8 deflated
 * @param encrypted whether reading it needs a password
 * @param mode the file's Unix mode; 0 when the packer wrote none
 * @param packed its bytes in the zip
 * @param size its bytes when unpacked, as the packer says
 * @param offset where its own header begins
 */
record ZipItem(String name, int method, boolean encrypted, int mode, long packed, long size, long offset) {
    private static final int TYPE = 0xF000;
    private static final int REGULAR = 0x8000;
    private static final int FOLDER = 0x4000;
    private static final int LINK = 0xA000;

    boolean isFolder() {
        return name.endsWith("/");
    }

    boolean isLink() {
        return (mode & TYPE) == LINK;
    }

    /** Tells whether it is a device, a pipe or something else that is neither file, folder nor link. */
    boolean isSpecial() {
        int type = mode & TYPE;
        return type != 0 && type != REGULAR && type != FOLDER && type != LINK;
    }
}
