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
    var children = new ArrayList<XmlBody>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child && child.getLocalName().equals(name)) {
        children.add(new XmlBody(child));
      }
    }
    return children;
  }

  /** The text of the first child of that name. */
  Optional<String> text(String name) {
    return children(name).stream().findFirst().map(child -> child.element.getTextContent());
  }

  /** The names of all children, in order. */
  List<String> names() {
    var names = new ArrayList<String>();
    for (Node node = element.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element child) {
        names.add(child.getLocalName());
      }
    }
    return names;
  }
}
