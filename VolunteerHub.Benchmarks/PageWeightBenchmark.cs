using System.Globalization;
using System.Text.RegularExpressions;

namespace VolunteerHub.Benchmarks;

/// <summary>P6: the bytes of the check-in page's first load on a phone that nobody knows yet, all files, uncompressed.</summary>
internal static partial class PageWeightBenchmark
{
    public static async Task<Dictionary<string, double>> RunAsync()
    {
        await using var installation = await Installation.CreateAsync(people: 1, rounds: 1);
        await using var product = await Server.ProductAsync(installation.Directory);
        using var client = new HttpClient { BaseAddress = new Uri(product.Address) };
        var path = "/c/" + installation.CodeOf(0, 0);
        var page = await client.GetByteArrayAsync(path);
        var html = System.Text.Encoding.UTF8.GetString(page);
        var total = page.Length;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{page.Length,8}  {path}"));
        foreach (var file in Files().Matches(html).Select(m => m.Groups[1].Value).Where(f => f.StartsWith('/')).Distinct())
        {
            var bytes = (await client.GetByteArrayAsync(file)).Length;
            total += bytes;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{bytes,8}  {file}"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{total,8}  P6 all files, bar <= 20480"));
        return new() { ["P6"] = total };
    }

    /// <summary>What the browser loads by itself: style sheets, pictures, scripts.</summary>
    [GeneratedRegex("<(?:link|img|script)[^>]*?(?:href|src)=\"([^\"]+)\"")]
    private static partial Regex Files();
}
