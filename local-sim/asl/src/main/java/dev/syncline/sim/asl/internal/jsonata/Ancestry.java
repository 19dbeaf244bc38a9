// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.asl.internal.jsonata;

import dev.syncline.sim.asl.internal.jsonata.Node.Slot;
import dev.syncline.sim.asl.internal.jsonata.Node.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds the steps that the parent operators ({@code %}) of an expression refer to. */
final class Ancestry {
  private final List<Node> parents = new ArrayList<>();

  /** A parent operator, with its own slot. */
  Node parent(int position) {
    Node parent = new Node(Type.PARENT, null, position);
    parent.slot = new Slot(parents.size());
    parents.add(parent);
    return parent;
  }

  /**
   * Adds the ancestors that {@code value} seeks to those that {@code result}, its parent, seeks.
   */
  static void push(Node result, Node value) {
    if (value.seekingParent == null && value.type != Type.PARENT) {
      return;
    }
    List<Slot> slots = slots(value);
    if (result.seekingParent == null) {
      result.seekingParent = slots;
    } else {
      result.seekingParent.addAll(slots);
    }
  }

  private static List<Slot> slots(Node node) {
    List<Slot> slots =
        node.seekingParent == null ? new ArrayList<>() : new ArrayList<>(node.seekingParent);
    if (node.type == Type.PARENT && node.slot != null) {
      slots.add(node.slot);
    }
    return slots;
  }

  /** Walks back along the steps of a path to the ancestors that its last step seeks. */
  void resolve(Node path) {
    for (Slot slot : slots(path.lastStep())) {
      int index = path.steps.size() - 2;
      Slot sought = slot;
      while (sought.level > 0) {
        if (index < 0) {
          if (path.seekingParent == null) {
            path.seekingParent = new ArrayList<>();
          }
          path.seekingParent.add(sought);
          break;
        }
        Node step = path.steps.get(index--);
        while (index >= 0 && step.focus != null && path.steps.get(index).focus != null) {
          step = path.steps.get(index--);
        }
        sought = seek(step, sought);
      }
    }
  }

  Slot seek(Node node, Slot slot) {
    Slot sought = slot;
    switch (node.type) {
      case NAME, WILDCARD -> {
        sought.level--;
        if (sought.level == 0) {
          if (node.ancestor != null) {
            Objects.requireNonNull(parents.get(sought.index).slot).label = node.ancestor.label;
          }
          node.ancestor = sought;
          node.tuple = true;
        }
      }
      case PARENT -> sought.level++;
      case BLOCK -> {
        if (!node.expressions.isEmpty()) {
          node.tuple = true;
          sought = seek(node.expressions.getLast(), sought);
        }
      }
      case PATH -> {
        node.tuple = true;
        int index = node.steps.size() - 1;
        sought = seek(node.steps.get(index--), sought);
        while (sought.level > 0 && index >= 0) {
          sought = seek(node.steps.get(index--), sought);
        }
      }
      default -> throw JsonataException.of("S0217").token(node.type.shown());
    }
    return sought;
  }
}
