using SkiaSharp;

namespace VolunteerHub.Web.Platform.Documents;

/// <summary>
/// The letters of documents that are made here: a subset of Noto Sans CJK SC (OFL) comes along, since a server may have no font at all. What is
/// not in it, a rare character of a name, is taken from a Chinese font of the machine, where there is one.
/// </summary>
public sealed class DocumentFont : IDisposable
{
    /// <summary>Parts of the names of fonts that have Chinese characters.</summary>
    private static readonly string[] Chinese = ["CJK", "Hei", "Song", "Han", "YaHei", "PingFang"];

    private readonly Lazy<SKTypeface> _own = new(() =>
    {
        using var font = typeof(DocumentFont).Assembly.GetManifestResourceStream("NotoSansCJKsc-Subset.otf")!;
        return SKTypeface.FromStream(font) ?? throw new InvalidOperationException("The font of documents cannot be read.");
    });

    private readonly Lazy<IReadOnlyList<SKTypeface>> _machine = new(Machine);

    /// <summary>A font that has this character; null where none has.</summary>
    /// <param name="character">A Unicode code point.</param>
    public SKTypeface? For(int character) =>
        Has(_own.Value, character) ? _own.Value : _machine.Value.FirstOrDefault(f => Has(f, character));

    public void Dispose()
    {
        if (_own.IsValueCreated) _own.Value.Dispose();
        if (_machine.IsValueCreated) foreach (var font in _machine.Value) font.Dispose();
    }

    private static bool Has(SKTypeface typeface, int character)
    {
        using var font = new SKFont(typeface);
        return font.ContainsGlyph(character);
    }

    private static List<SKTypeface> Machine() =>
    [
        .. Chinese.SelectMany(part => SKFontManager.Default.FontFamilies.Where(f => f.Contains(part, StringComparison.OrdinalIgnoreCase))).Distinct()
            .Select(family => SKFontManager.Default.MatchFamily(family)).OfType<SKTypeface>(),
    ];
}
