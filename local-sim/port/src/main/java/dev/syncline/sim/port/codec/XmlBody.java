// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.port.codec;

import dev.syncline.sim.service.RestXmlErrors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** An element of a request's XML. Document types are refused, so no external entity is read. */
final class XmlBody {
  private final Element element;

  private XmlBody(Element element) {
    this.element = element;
  }

  /**
   * Parses a document.
   *
   * @throws dev.syncline.sim.service.AwsException {@code MalformedXML} when it is not well-formed
   *     or its root is another
   */
  static XmlBody parse(byte[] body, String root) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder builder = factory.newDocumentBuilder();
      builder.setErrorHandler(new DefaultHandler());
      Element element = builder.parse(new ByteArrayInputStream(body)).getDocumentElement();
      if (!element.getLocalName().equals(root)) {
        throw RestXmlErrors.malformedXml();
      }
      return new XmlBody(element);
    } catch (SAXException | IOException malformed) {
      throw RestXmlErrors.malformedXml();
    } catch (ParserConfigurationException impossible) {
      throw new IllegalStateException("Java's own XML parser refuses DOCTYPE", impossible);
    }
  }

  /** The children of that name, in order. */
  List<XmlBody> children(String name) {
    return children().stream().filter(child -> child.name().equals(name)).toList();
  }

  /** The children in order. */
  List<XmlBody> children() {
    var children = new ArrayList<XmlBody>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        children.add(new XmlBody(child));
      }
    }
    return children;
  }

  /** The element's name without a prefix. */
  String name() {
    return element.getLocalName();
  }

  /** The element's text. */
  String text() {
    return element.getTextContent();
  }

  /** An attribute, of any prefix; empty when the element does not have it. */
  Optional<String> attribute(String localName) {
    NamedNodeMap attributes = element.getAttributes();
    for (int i = 0; i < attributes.getLength(); i++) {
      if (localName.equals(attributes.item(i).getLocalName())) {
        return Optional.of(attributes.item(i).getNodeValue());
      }
    }
    return Optional.empty();
  }

  /** The text of the first child of that name. */
  Optional<String> text(String name) {
    return children(name).stream().findFirst().map(child -> child.element.getTextContent());
  }

  /** The names of all children, in order. */
  List<String> names() {
    return children().stream().map(XmlBody::name).toList();
  }
}
