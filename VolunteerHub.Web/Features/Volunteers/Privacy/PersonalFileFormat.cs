using System.IO.Compression;
using System.Net;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace VolunteerHub.Web.Features.Volunteers.Privacy;

/// <summary>Writes a person's data as one ZIP: a page to read and print, and the same as JSON to take elsewhere.</summary>
public static class PersonalFileFormat
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="data">All of it.</param>
    /// <param name="title">Heading of the page.</param>
    public static byte[] Zip(PersonalData data, string title)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Write(zip, "data.html", Page(data, title));
            Write(zip, "data.json", JsonSerializer.Serialize(data.Sections.ToDictionary(s => s.Title, s => s.Entries.Select(Values)), Json));
        }

        return bytes.ToArray();
    }

    private static Dictionary<string, string> Values(IReadOnlyList<FileValue> entry) => entry.GroupBy(v => v.Name).ToDictionary(g => g.Key, g => g.First().Value);

    private static string Page(PersonalData data, string title)
    {
        var page = new StringBuilder("<!DOCTYPE html><html lang=\"zh-CN\"><head><meta charset=\"utf-8\"><title>").Append(WebUtility.HtmlEncode(title))
            .Append("</title><style>body{font:16px/1.6 sans-serif;max-width:800px;margin:2em auto;padding:0 1em}dl{display:grid;grid-template-columns:10em 1fr;gap:.2em 1em;border-top:1px solid #ccc;padding-top:.5em}dt{color:#555}dd{margin:0}</style></head><body><h1>")
            .Append(WebUtility.HtmlEncode(title)).Append("</h1>");
        foreach (var section in data.Sections)
        {
            page.Append("<h2>").Append(WebUtility.HtmlEncode(section.Title)).Append("</h2>");
            foreach (var entry in section.Entries.Where(e => e.Count > 0))
            {
                page.Append("<dl>");
                foreach (var value in entry) page.Append("<dt>").Append(WebUtility.HtmlEncode(value.Name)).Append("</dt><dd>").Append(WebUtility.HtmlEncode(value.Value)).Append("</dd>");
                page.Append("</dl>");
            }
        }

        return page.Append("</body></html>").ToString();
    }

    private static void Write(ZipArchive zip, string name, string text)
    {
        using var entry = zip.CreateEntry(name).Open();
        entry.Write(Encoding.UTF8.GetBytes(text));
    }
}
