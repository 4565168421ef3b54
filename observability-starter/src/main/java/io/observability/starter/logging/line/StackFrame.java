package io.observability.starter.logging.line;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * One frame of a stack trace as it is written, with what it adds to the hash. Immutable,
 * so that threads may share it without a lock.
 */
final class StackFrame {

    /** The frame inside of a JSON string: {@code \tat Type.method(File.java:7)\n}. */
    final byte[] bytes;

    final int hash;

    final boolean madeUp;

    final String type;

    private final String method;

    private final @Nullable String file;

    private final int line;

    StackFrame(StackTraceElement frame) {
        this.type = frame.getClassName();
        this.method = frame.getMethodName();
        this.file = frame.getFileName();
        this.line = frame.getLineNumber();
        this.hash = StackHash.of(this.type, this.method);
        this.madeUp = StackHash.isMadeUp(this.type);
        this.bytes = text();
    }

    // Names come from the virtual machine, which shares them: they are nearly always the
    // same objects.
    @SuppressWarnings("ReferenceEquality")
    boolean isOf(String type, String method, @Nullable String file, int line) {
        return this.line == line && (this.method == method || this.method.equals(method))
                && (this.type == type || this.type.equals(type))
                && (this.file == file || Objects.equals(this.file, file));
    }

    private byte[] text() {
        LineBuffer out = new LineBuffer(128);
        out.putAscii("\\tat ");
        name(out, this.type);
        out.put('.');
        name(out, this.method);
        out.put('(');
        // -2 is how the virtual machine marks a native method.
        if (this.line == -2) {
            out.putAscii("Native Method");
        }
        else if (this.file == null) {
            out.putAscii("Unknown Source");
        }
        else {
            name(out, this.file);
            if (this.line >= 0) {
                out.put(':');
                out.putLong(this.line);
            }
        }
        out.putAscii(")\\n");
        return out.toByteArray();
    }

    private static void name(LineBuffer out, String name) {
        JsonText.append(out, name, 0, name.length(), out.position + LineLimits.NAME);
    }

}
