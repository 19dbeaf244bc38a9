// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.service;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request and response of a restXml operation. Immutable.
 *
 * @param method the HTTP method
 * @param address what the path addresses: its labels are the members {@code Bucket} and {@code Key}
 * @param markers query parameters or lower-case headers that must all be in the request, as in
 *     {@code ?uploads}; with {@code name=value} the parameter must have that value. Empty when
 *     method and address suffice. Of several operations that match, the one with most markers is
 *     meant, then the one with more of them in the query
 * @param query member by query parameter
 * @param headers member by lower-case header name
 * @param prefix headers of one prefix, which become one member; null for none
 * @param document the member that is sent as an XML document in the body, null for none
 * @param answer how the output is sent
 */
public record RestXmlBinding(
    String method,
    Address address,
    Set<String> markers,
    Map<String, String> query,
    Map<String, String> headers,
    @Nullable Prefix prefix,
    @Nullable Document document,
    Answer answer) {

  /** The header of a request that was a form; an operation may take it as a member. */
  public static final String FORM_HEADER = "x-syncline-form";

  /** The kind of path. */
  public enum Address {
    /** Nothing: the path is a slash. */
    SERVICE,
    /** A bucket. */
    BUCKET,
    /** A bucket and a key. */
    KEY
  }

  /**
   * Headers that are entries of a map.
   *
   * @param header the prefix of their names, in lower case
   * @param member the map; its keys are the rest of the names
   */
  public record Prefix(String header, String member) {}

  /**
   * An XML document in a request.
   *
   * @param member the input member that it is
   * @param root the name of its root element
   * @param required whether an empty body is an error
   * @param strict whether an element that is not among {@code fields} is refused by name, else it
   *     is ignored
   * @param fields by element name, for a document without a shape
   * @param shape the shape of AWS's model that the document has; empty for one of {@code fields}. A
   *     document without a root is the text of the body
   */
  public record Document(
      String member,
      String root,
      boolean required,
      boolean strict,
      Map<String, Field> fields,
      String shape) {
    /** Copies the fields. */
    public Document {
      fields = Map.copyOf(fields);
    }

    /** A document of fields. */
    public Document(
        String member, String root, boolean required, boolean strict, Map<String, Field> fields) {
      this(member, root, required, strict, fields, "");
    }

    /**
     * A document that has a shape of AWS's model; other elements are malformed.
     *
     * @param required whether an empty body is an error
     */
    public static Document shaped(String member, String root, boolean required, String shape) {
      return new Document(member, root, required, true, Map.of(), shape);
    }

    /** A body that is not XML but the text of a member; an empty one is an error. */
    public static Document text(String member) {
      return new Document(member, "", true, true, Map.of());
    }
  }

  /** An element of a document. */
  public sealed interface Field {
    /** The input member that it is. */
    String member();

    /** A text. */
    record Text(String member) implements Field {}

    /** {@code true} or anything else for false. */
    record Flag(String member) implements Field {}

    /**
     * An item of a flattened list of structures of texts.
     *
     * @param required elements that every item must have
     * @param others whether elements beside the required ones are members too, else they are
     *     ignored
     */
    record Item(String member, List<String> required, boolean others) implements Field {}
  }

  /**
   * How an output is sent. Members without a header are elements of the document.
   *
   * @param status of a success, unless the output has its own
   * @param root the name of the document's root element, empty when there is no document
   * @param payload the member that is the document, empty when the whole output is
   * @param contentType of the body, empty for none
   * @param headers header name by member
   * @param shape the shape of AWS's model that the document has; empty for one whose elements have
   *     the names of the members
   */
  public record Answer(
      int status,
      String root,
      String payload,
      String contentType,
      Map<String, String> headers,
      String shape) {
    private static final String XML = "application/xml";

    /** Copies the headers. */
    public Answer {
      headers = Map.copyOf(headers);
    }

    /** A status and headers only. */
    public static Answer bare(int status) {
      return new Answer(status, "", "", "", Map.of(), "");
    }

    /** Headers only, with status 200. */
    public static Answer headers(Map<String, String> headers) {
      return new Answer(200, "", "", "", headers, "");
    }

    /** A document that is the whole output. */
    public static Answer document(String root) {
      return new Answer(200, root, "", XML, Map.of(), "");
    }

    /** A document that is one member. */
    public static Answer payload(String member) {
      return new Answer(200, member, member, XML, Map.of(), "");
    }

    /** A body that is not XML but the text of one member. */
    public static Answer text(String member, String contentType) {
      return new Answer(200, "", member, contentType, Map.of(), "");
    }

    /** The same with a document that has a shape of AWS's model. */
    public Answer shaped(String newShape) {
      return new Answer(status, root, payload, contentType, headers, newShape);
    }

    /** The same with the content type of a document. */
    public Answer typed() {
      return new Answer(status, root, payload, XML, headers, shape);
    }

    /** The same with other headers. */
    public Answer with(Map<String, String> newHeaders) {
      return new Answer(status, root, payload, contentType, newHeaders, shape);
    }
  }

  /** Copies the collections, in order. */
  public RestXmlBinding {
    markers = Set.copyOf(markers);
    query = Collections.unmodifiableMap(new LinkedHashMap<>(query));
    headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
  }

  /** A binding without members beside those of the path. */
  public static RestXmlBinding of(String method, Address address, Answer answer) {
    return new RestXmlBinding(method, address, Set.of(), Map.of(), Map.of(), null, null, answer);
  }

  /** The same with markers, of which one text may join several with an ampersand. */
  public RestXmlBinding marked(String... newMarkers) {
    return new RestXmlBinding(
        method,
        address,
        Set.of(String.join("&", newMarkers).split("&", -1)),
        query,
        headers,
        prefix,
        document,
        answer);
  }

  /** The same with query parameters. */
  public RestXmlBinding query(Map<String, String> newQuery) {
    return new RestXmlBinding(
        method, address, markers, newQuery, headers, prefix, document, answer);
  }

  /** The same with headers. */
  public RestXmlBinding headers(Map<String, String> newHeaders) {
    return new RestXmlBinding(
        method, address, markers, query, newHeaders, prefix, document, answer);
  }

  /** The same with a map of headers. */
  public RestXmlBinding prefixed(Prefix newPrefix) {
    return new RestXmlBinding(
        method, address, markers, query, headers, newPrefix, document, answer);
  }

  /** The same with a document. */
  public RestXmlBinding carrying(Document newDocument) {
    return new RestXmlBinding(
        method, address, markers, query, headers, prefix, newDocument, answer);
  }

  /** Every input member, apart from a blob. */
  public Set<String> members() {
    var members = new TreeSet<String>();
    if (address != Address.SERVICE) {
      members.add("Bucket");
    }
    if (address == Address.KEY) {
      members.add("Key");
    }
    members.addAll(query.values());
    members.addAll(headers.values());
    if (prefix != null) {
      members.add(prefix.member());
    }
    if (document != null) {
      members.add(document.member());
    }
    return members;
  }
}
