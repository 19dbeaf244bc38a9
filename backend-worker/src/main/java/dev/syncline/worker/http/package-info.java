// SPDX-License-Identifier: Apache-2.0
/** A host that accepts jobs over HTTP, for the bridge's backend {@code http}. */
@NullMarked
package dev.syncline.worker.http;

import org.jspecify.annotations.NullMarked;
