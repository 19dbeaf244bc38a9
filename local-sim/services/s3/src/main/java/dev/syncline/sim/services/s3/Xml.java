// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.s3;

/** Writes S3's XML documents: elements and text, nothing else. Not thread-safe. */
final class Xml {
  private static final String NAMESPACE = "http://s3.amazonaws.com/doc/2006-03-01/";

  private final StringBuilder text =
      new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");

  /** A document in S3's namespace. */
  static Xml document(String root) {
    var xml = new Xml();
    xml.text.append('<').append(root).append(" xmlns=\"").append(NAMESPACE).append("\">");
    return xml;
  }

  /** An error document, which has no namespace. */
  static Xml error() {
    return new Xml().open("Error");
  }

  Xml open(String element) {
    text.append('<').append(element).append('>');
    return this;
  }

  Xml close(String element) {
    text.append("</").append(element).append('>');
    return this;
  }

  Xml element(String name, String value) {
    open(name);
    text(value);
    return close(name);
  }

  Xml element(String name, long value) {
    return element(name, Long.toString(value));
  }

  Xml element(String name, boolean value) {
    return element(name, Boolean.toString(value));
  }

  Xml text(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '&' -> text.append("&amp;");
        case '"' -> text.append("&quot;");
        default -> {
          if (c < 0x20) {
            text.append("&#x").append(Integer.toHexString(c)).append(';');
          } else {
            text.append(c);
          }
        }
      }
    }
    return this;
  }

  byte[] end(String root) {
    close(root);
    return ObjectAnswer.utf8(text.toString());
  }
}
