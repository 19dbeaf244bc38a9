// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.publisher;

import org.jspecify.annotations.NullMarked;
