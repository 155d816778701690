using System.Globalization;
using System.Text;

namespace VolunteerHub.Web.Platform.Sentences;

/// <summary>What can be told from a name by machine: pinyin initials, and the place in a list sorted by pinyin.</summary>
public static class PersonNames
{
    private static readonly CompareInfo Pinyin = CultureInfo.GetCultureInfo("zh-CN").CompareInfo;

    /// <summary>The first ideograph of each initial in pinyin order (CLDR's zh collation); no syllable begins with I, U or V.</summary>
    private static readonly (string From, char Initial)[] Bounds =
    [
        ("\u963F", 'A'), ("\u516B", 'B'), ("\u5693", 'C'), ("\u5491", 'D'), ("\u59B8", 'E'), ("\u53D1", 'F'), ("\u65EE", 'G'), ("\u54C8", 'H'),
        ("\u4E0C", 'J'), ("\u5494", 'K'), ("\u5783", 'L'), ("\u5988", 'M'), ("\u62CF", 'N'), ("\u5662", 'O'), ("\u5991", 'P'), ("\u4E03", 'Q'),
        ("\u5465", 'R'), ("\u4EE8", 'S'), ("\u4ED6", 'T'), ("\u5C72", 'W'), ("\u5915", 'X'), ("\u4E2B", 'Y'), ("\u5E00", 'Z'),
    ];

    /// <summary>Surnames that are read otherwise than the same character elsewhere.</summary>
    private static readonly Dictionary<string, char> Surnames = new()
    {
        ["\u66FE"] = 'Z', ["\u5355"] = 'S', ["\u4EC7"] = 'Q', ["\u89E3"] = 'X', ["\u67E5"] = 'Z', ["\u533A"] = 'O', ["\u6734"] = 'P', ["\u7FDF"] = 'Z',
        ["\u76D6"] = 'G', ["\u8983"] = 'Q', ["\u79CD"] = 'C', ["\u6298"] = 'S', ["\u8D30"] = 'Y', ["\u90DD"] = 'H', ["\u77BF"] = 'Q', ["\u891A"] = 'C',
    };

    /// <summary>Letters of the pinyin of each character, e.g. ZGL; Latin letters and digits stand for themselves. Wrong for some readings: people put it right.</summary>
    public static string InitialsOf(string name)
    {
        var initials = new StringBuilder();
        foreach (var (index, rune) in name.Normalize(NormalizationForm.FormKC).EnumerateRunes().Index())
        {
            if (rune.IsAscii)
            {
                if (Rune.IsLetterOrDigit(rune)) initials.Append(char.ToUpperInvariant((char)rune.Value));
            }
            else if (Initial(rune.ToString(), index == 0) is { } letter)
            {
                initials.Append(letter);
            }
        }

        return initials.ToString();
    }

    /// <summary>A text whose order, letter by letter, is the order of names by pinyin.</summary>
    public static string SortKeyOf(string name) => Convert.ToHexString(Pinyin.GetSortKey(name, CompareOptions.IgnoreWidth).KeyData);

    /// <summary>What is searched for, or kept to be found: one width, one case, no spaces.</summary>
    public static string Searchable(string text) =>
        string.Concat(text.Normalize(NormalizationForm.FormKC).ToUpperInvariant().Where(c => !char.IsWhiteSpace(c)));

    private static char? Initial(string ideograph, bool surname)
    {
        if (surname && Surnames.TryGetValue(ideograph, out var known)) return known;
        if (ideograph[0] < '\u3400') return null;
        char? found = null;
        foreach (var (from, initial) in Bounds)
        {
            if (Pinyin.Compare(ideograph, from) < 0) break;
            found = initial;
        }

        return found;
    }
}
