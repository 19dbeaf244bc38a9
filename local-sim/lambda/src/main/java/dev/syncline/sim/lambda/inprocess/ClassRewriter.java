// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.lambda.inprocess;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Redirects a function's calls of process-wide methods, such as {@code System.exit}, to {@link
 * FunctionSystem}. Only references are replaced: static calls and fields in the constant pool,
 * calls on an object also in the instruction, whose length stays the same. So no code moves and no
 * stack map changes. Calls by reflection and calls inside the JDK are not redirected.
 *
 * <p>Not thread-safe; one class each.
 */
final class ClassRewriter {
  private static final String TARGET = FunctionSystem.class.getName().replace('.', '/');
  private static final int INVOKE_VIRTUAL = 0xb6;
  private static final int INVOKE_STATIC = 0xb8;
  private static final int HANDLE_VIRTUAL = 5;
  private static final int HANDLE_STATIC = 6;

  /** The replaced references, as owner, name and descriptor, and their replacements. */
  private static final Map<String, Redirect> REDIRECTS = new HashMap<>();

  private record Redirect(String name, String descriptor, boolean virtual) {}

  static {
    for (String same :
        new String[] {
          "exit(I)V",
          "getenv(Ljava/lang/String;)Ljava/lang/String;",
          "getenv()Ljava/util/Map;",
          "getProperties()Ljava/util/Properties;",
          "setProperties(Ljava/util/Properties;)V",
          "getProperty(Ljava/lang/String;)Ljava/lang/String;",
          "getProperty(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
          "setProperty(Ljava/lang/String;Ljava/lang/String;)Ljava/lang/String;",
          "clearProperty(Ljava/lang/String;)Ljava/lang/String;",
          "setOut(Ljava/io/PrintStream;)V",
          "setErr(Ljava/io/PrintStream;)V",
          "setIn(Ljava/io/InputStream;)V"
        }) {
      sameStatic("java/lang/System", same);
    }
    for (String field : new String[] {"out", "err"}) {
      REDIRECTS.put(
          "java/lang/System." + field + "Ljava/io/PrintStream;",
          new Redirect(field, "Ljava/io/PrintStream;", false));
    }
    REDIRECTS.put(
        "java/lang/System.inLjava/io/InputStream;",
        new Redirect("in", "Ljava/io/InputStream;", false));
    sameStatic("java/lang/Boolean", "getBoolean(Ljava/lang/String;)Z");
    sameStatic("java/lang/Integer", "getInteger(Ljava/lang/String;)Ljava/lang/Integer;");
    sameStatic("java/lang/Integer", "getInteger(Ljava/lang/String;I)Ljava/lang/Integer;");
    sameStatic("java/util/TimeZone", "setDefault(Ljava/util/TimeZone;)V");
    sameStatic("java/util/Locale", "setDefault(Ljava/util/Locale;)V");
    REDIRECTS.put(
        "java/security/Security.setProperty(Ljava/lang/String;Ljava/lang/String;)V",
        new Redirect("setSecurityProperty", "(Ljava/lang/String;Ljava/lang/String;)V", false));
    onRuntime("exit", "I)V");
    onRuntime("halt", "I)V");
    onRuntime("addShutdownHook", "Ljava/lang/Thread;)V");
    onRuntime("removeShutdownHook", "Ljava/lang/Thread;)Z");
  }

  private static final Redirect PRINT_STACK_TRACE =
      new Redirect("printStackTrace", "(Ljava/lang/Throwable;)V", true);

  private final byte[] code;
  private final ByteBuffer in;
  private final int count;

  /** The offset of each constant with its tag; index 0 is unused. */
  private final int[] at;

  private final ByteArrayOutputStream added = new ByteArrayOutputStream();
  private final DataOutputStream additions = new DataOutputStream(added);
  private int next;
  private int targetClass;

  /** The new reference for each reference to a method that is called on an object. */
  private final Map<Integer, Integer> virtual = new HashMap<>();

  private int poolEnd;

  private ClassRewriter(byte[] original) {
    this.code = original.clone();
    this.in = ByteBuffer.wrap(code);
    this.count = in.getShort(8) & 0xffff;
    this.at = new int[count];
    this.next = count;
  }

  private static void sameStatic(String owner, String nameAndDescriptor) {
    int split = nameAndDescriptor.indexOf('(');
    REDIRECTS.put(
        owner + "." + nameAndDescriptor,
        new Redirect(
            nameAndDescriptor.substring(0, split), nameAndDescriptor.substring(split), false));
  }

  private static void onRuntime(String name, String rest) {
    REDIRECTS.put(
        "java/lang/Runtime." + name + "(" + rest,
        new Redirect(name, "(Ljava/lang/Runtime;" + rest, true));
  }

  /**
   * The class file with its calls redirected to {@link FunctionSystem}; unchanged without such
   * calls.
   */
  static byte[] rewrite(byte[] classFile) {
    if (classFile.length < 10 || ByteBuffer.wrap(classFile).getInt(0) != 0xCAFEBABE) {
      return classFile;
    }
    try {
      return new ClassRewriter(classFile).rewritten(classFile);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private byte[] rewritten(byte[] original) throws IOException {
    readPool();
    for (int i = 1; i < count; i++) {
      int tag = at[i] == 0 ? 0 : code[at[i]];
      if (tag == 9 || tag == 10) {
        Redirect redirect = redirectOf(i);
        if (redirect != null) {
          lead(i, redirect);
        }
      }
    }
    if (next == count) {
      return original;
    }
    if (next > 0xffff) {
      throw new IOException("the class has too many constants to be run in process");
    }
    if (!virtual.isEmpty()) {
      handles();
      methods();
    }
    var result = new ByteArrayOutputStream(code.length + added.size());
    result.write(code, 0, 8);
    new DataOutputStream(result).writeShort(next);
    result.write(code, 10, poolEnd - 10);
    result.write(added.toByteArray());
    result.write(code, poolEnd, code.length - poolEnd);
    return result.toByteArray();
  }

  private void readPool() {
    int position = 10;
    for (int i = 1; i < count; i++) {
      at[i] = position;
      int tag = code[position];
      position +=
          1
              + switch (tag) {
                case 1 -> 2 + u2(position + 1);
                case 3, 4, 9, 10, 11, 12, 17, 18 -> 4;
                case 5, 6 -> 8;
                case 15 -> 3;
                default -> 2;
              };
      if (tag == 5 || tag == 6) {
        i++;
      }
    }
    poolEnd = position;
  }

  private @Nullable Redirect redirectOf(int reference) {
    String owner = text(u2(at[u2(at[reference] + 1)] + 1));
    int nameAndType = at[u2(at[reference] + 3)];
    String name = text(u2(nameAndType + 1));
    String descriptor = text(u2(nameAndType + 3));
    if (name.equals("printStackTrace") && descriptor.equals("()V") && owner.startsWith("java/")) {
      return PRINT_STACK_TRACE;
    }
    return REDIRECTS.get(owner + "." + name + descriptor);
  }

  private void lead(int reference, Redirect redirect) throws IOException {
    if (targetClass == 0) {
      int name = utf8(TARGET);
      additions.writeByte(7);
      additions.writeShort(name);
      targetClass = next++;
    }
    int name = utf8(redirect.name());
    int descriptor = utf8(redirect.descriptor());
    additions.writeByte(12);
    additions.writeShort(name);
    additions.writeShort(descriptor);
    int nameAndType = next++;
    if (redirect.virtual()) {
      additions.writeByte(10);
      additions.writeShort(targetClass);
      additions.writeShort(nameAndType);
      virtual.put(reference, next++);
    } else {
      in.putShort(at[reference] + 1, (short) targetClass);
      in.putShort(at[reference] + 3, (short) nameAndType);
    }
  }

  private int utf8(String text) throws IOException {
    additions.writeByte(1);
    additions.writeUTF(text);
    return next++;
  }

  /** Method references such as {@code runtime::exit}. */
  private void handles() {
    for (int i = 1; i < count; i++) {
      if (at[i] == 0 || code[at[i]] != 15 || code[at[i] + 1] != HANDLE_VIRTUAL) {
        continue;
      }
      Integer replacement = virtual.get(u2(at[i] + 2));
      if (replacement != null) {
        code[at[i] + 1] = HANDLE_STATIC;
        in.putShort(at[i] + 2, replacement.shortValue());
      }
    }
  }

  private void methods() {
    int position = poolEnd + 6;
    position += 2 + 2 * u2(position);
    int fields = u2(position);
    position += 2;
    for (int i = 0; i < fields; i++) {
      position = attributes(position + 6, false);
    }
    int methods = u2(position);
    position += 2;
    for (int i = 0; i < methods; i++) {
      position = attributes(position + 6, true);
    }
  }

  private int attributes(int position, boolean ofMethod) {
    int attributes = u2(position);
    position += 2;
    for (int i = 0; i < attributes; i++) {
      int length = in.getInt(position + 2);
      if (ofMethod && text(u2(position)).equals("Code")) {
        instructions(position + 14, in.getInt(position + 10));
      }
      position += 6 + length;
    }
    return position;
  }

  private void instructions(int start, int length) {
    int position = start;
    while (position < start + length) {
      int opcode = code[position] & 0xff;
      if (opcode == INVOKE_VIRTUAL) {
        Integer replacement = virtual.get(u2(position + 1));
        if (replacement != null) {
          code[position] = (byte) INVOKE_STATIC;
          in.putShort(position + 1, replacement.shortValue());
        }
      }
      position += length(opcode, position, start);
    }
  }

  private int length(int opcode, int position, int start) {
    int operands = position + 1 + (3 - (position - start) % 4);
    return switch (opcode) {
      case 170 ->
          operands - position + 12 + 4 * (in.getInt(operands + 8) - in.getInt(operands + 4) + 1);
      case 171 -> operands - position + 8 + 8 * in.getInt(operands + 4);
      case 196 -> (code[position + 1] & 0xff) == 132 ? 6 : 4;
      default -> lengthOf(opcode);
    };
  }

  private static int lengthOf(int opcode) {
    if (opcode <= 15) {
      return 1;
    }
    return switch (opcode) {
      case 16, 18 -> 2;
      case 17, 19, 20 -> 3;
      case 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, 169, 188 -> 2;
      case 132 -> 3;
      case 185, 186, 200, 201 -> 5;
      case 197 -> 4;
      default -> {
        boolean branch = opcode >= 153 && opcode <= 168;
        boolean reference = opcode >= 178 && opcode <= 184;
        boolean type = opcode == 187 || opcode == 189 || opcode == 192 || opcode == 193;
        yield branch || reference || type || opcode == 198 || opcode == 199 ? 3 : 1;
      }
    };
  }

  private String text(int index) {
    int length = u2(at[index] + 1);
    return new String(code, at[index] + 3, length, StandardCharsets.UTF_8);
  }

  private int u2(int position) {
    return in.getShort(position) & 0xffff;
  }
}
