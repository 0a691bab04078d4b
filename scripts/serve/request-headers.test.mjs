// @ts-check
import { describe, expect, it } from 'vitest';
import { isFresh, isRangeOfThisFile, preferredEncoding, requestedRange } from './request-headers.mjs';

describe('preferredEncoding', () => {
  it.each([
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip, deflate', 'gzip'],
    ['br;q=0, gzip;q=0.5', 'gzip'],
    ['*', 'br'],
    ['identity', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('answers %j with %j', (header, encoding) => {
    expect(preferredEncoding(header)).toBe(encoding);
  });
});

describe('requestedRange', () => {
  it.each([
    ['bytes=0-9', { start: 0, end: 9 }],
    ['bytes=90-', { start: 90, end: 99 }],
    ['bytes=90-200', { start: 90, end: 99 }],
    ['bytes=-10', { start: 90, end: 99 }],
    ['bytes=-200', { start: 0, end: 99 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-0', undefined],
    ['bytes=-', undefined],
    ['bytes=0-1,5-6', undefined],
    ['lines=0-1', undefined],
    [undefined, undefined],
  ])('reads %j of 100 bytes as %j', (header, range) => {
    expect(requestedRange(header, 100)).toEqual(range);
  });
});

const modified = new Date('2026-03-01T10:00:00.500Z');

describe('isFresh', () => {
  it('compares tags before dates', () => {
    const later = 'Mon, 02 Mar 2026 10:00:00 GMT';
    expect(isFresh({ 'if-none-match': '"a", W/"b"' }, '"b"', modified)).toBe(true);
    expect(isFresh({ 'if-none-match': '"a"', 'if-modified-since': later }, '"b"', modified)).toBe(false);
    expect(isFresh({ 'if-none-match': '*' }, '"b"', modified)).toBe(true);
  });

  it('compares dates to the second', () => {
    expect(isFresh({ 'if-modified-since': 'Sun, 01 Mar 2026 10:00:00 GMT' }, '"b"', modified)).toBe(true);
    expect(isFresh({ 'if-modified-since': 'Sun, 01 Mar 2026 09:59:59 GMT' }, '"b"', modified)).toBe(false);
    expect(isFresh({ 'if-modified-since': 'yesterday' }, '"b"', modified)).toBe(false);
    expect(isFresh({}, '"b"', modified)).toBe(false);
  });
});

describe('isRangeOfThisFile', () => {
  it('holds without a condition, or when the condition names the file', () => {
    expect(isRangeOfThisFile({}, '"b"', modified)).toBe(true);
    expect(isRangeOfThisFile({ 'if-range': '"b"' }, '"b"', modified)).toBe(true);
    expect(isRangeOfThisFile({ 'if-range': modified.toUTCString() }, '"b"', modified)).toBe(true);
    expect(isRangeOfThisFile({ 'if-range': '"a"' }, '"b"', modified)).toBe(false);
  });
});
