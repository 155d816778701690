using System.Text;
using SkiaSharp;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>
/// Writes Chinese text into a PDF so that it can be searched and copied: each run of glyphs carries the text that it stands for. Text drawn the
/// plain way comes out of such a file as radicals, since several characters share a glyph.
/// </summary>
public sealed class PdfText(SKCanvas canvas, DocumentFont fonts)
{
    private readonly StringBuilder _missing = new();

    /// <summary>Characters for which no font has a glyph.</summary>
    public string Missing => _missing.ToString();

    /// <summary>How wide a text is.</summary>
    public float WidthOf(string text, float size) => Runs(text, size).Sum(r => r.Width);

    /// <summary>Writes one line.</summary>
    /// <param name="text">The text.</param>
    /// <param name="x">Of its left end, its middle or its right end, by <paramref name="align"/>.</param>
    /// <param name="y">Of its base line.</param>
    /// <param name="size">In points.</param>
    /// <param name="align">Which end <paramref name="x"/> means.</param>
    /// <param name="colour">Black where none is given.</param>
    public void Line(string text, float x, float y, float size, SKTextAlign align = SKTextAlign.Left, SKColor? colour = null)
    {
        var runs = Runs(text, size);
        var width = runs.Sum(r => r.Width);
        var at = align switch { SKTextAlign.Center => x - width / 2, SKTextAlign.Right => x - width, _ => x };
        using var paint = new SKPaint { Color = colour ?? SKColors.Black, IsAntialias = true };
        foreach (var run in runs)
        {
            using var font = new SKFont(run.Font, size);
            using var builder = new SKTextBlobBuilder();
            var utf8 = Encoding.UTF8.GetBytes(run.Text);
            var buffer = builder.AllocateRawPositionedTextRun(font, run.Glyphs.Count, utf8.Length, null);
            utf8.CopyTo(buffer.Text);
            var (offset, left) = (0u, 0f);
            for (var i = 0; i < run.Glyphs.Count; i++)
            {
                var glyph = run.Glyphs[i];
                buffer.Glyphs[i] = glyph.Id;
                buffer.Positions[i] = new SKPoint(left, 0);
                buffer.Clusters[i] = offset;
                offset += (uint)Encoding.UTF8.GetByteCount(glyph.Text);
                left += glyph.Width;
            }

            using var blob = builder.Build();
            canvas.DrawText(blob, at, y, paint);
            at += run.Width;
        }
    }

    /// <summary>Writes a paragraph: broken where the line is full, not before a mark that ends a sentence, and not within a number.</summary>
    /// <returns>The base line after the last.</returns>
    public float Paragraph(string text, float x, float y, float width, float size, float leading)
    {
        foreach (var line in Broken(text, width, size))
        {
            Line(line, x, y, size);
            y += leading;
        }

        return y;
    }

    /// <summary>The lines of a text in a column of this width.</summary>
    public IReadOnlyList<string> Broken(string text, float width, float size)
    {
        var (lines, line) = (new List<string>(), "");
        foreach (var word in Words(text))
        {
            if (line.Length > 0 && WidthOf(line + word, size) > width && !char.IsPunctuation(word[0]))
            {
                lines.Add(line.TrimEnd());
                line = word.TrimStart();
            }
            else line += word;
        }

        if (line.Length > 0) lines.Add(line);
        return lines;
    }

    /// <summary>What stays together: a number or a word of the Latin script, else each character by itself.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.IsAscii && !Rune.IsWhiteSpace(rune))
            {
                word.Append(rune.ToString());
                continue;
            }

            if (word.Length > 0) yield return word.ToString();
            word.Clear();
            yield return rune.ToString();
        }

        if (word.Length > 0) yield return word.ToString();
    }

    private List<Run> Runs(string text, float size)
    {
        var runs = new List<Run>();
        foreach (var rune in text.EnumerateRunes())
        {
            var typeface = fonts.For(rune.Value);
            if (typeface is null)
            {
                if (!_missing.ToString().Contains(rune.ToString(), StringComparison.Ordinal)) _missing.Append(rune.ToString());
                continue;
            }

            using var font = new SKFont(typeface, size);
            var glyph = font.GetGlyph(rune.Value);
            var width = font.GetGlyphWidths([glyph])[0];
            if (runs.Count == 0 || runs[^1].Font != typeface) runs.Add(new Run(typeface, []));
            runs[^1].Glyphs.Add(new Glyph(glyph, rune.ToString(), width));
        }

        return runs;
    }

    private sealed record Glyph(ushort Id, string Text, float Width);

    private sealed record Run(SKTypeface Font, List<Glyph> Glyphs)
    {
        public float Width => Glyphs.Sum(g => g.Width);

        public string Text => string.Concat(Glyphs.Select(g => g.Text));
    }
}
