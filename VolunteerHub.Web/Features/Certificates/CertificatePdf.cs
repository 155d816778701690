using Microsoft.Extensions.Localization;
using QRCoder;
using SkiaSharp;
using VolunteerHub.Domain.Certificates;
using VolunteerHub.Web.Platform.Clock;
using VolunteerHub.Web.Platform.Documents;
using VolunteerHub.Web.Resources;

namespace VolunteerHub.Web.Features.Certificates;

/// <summary>A name has characters for which this server has no font: the browser prints them.</summary>
public sealed record NotInFont(string Characters) : Refusal;

/// <summary>The certificate as a PDF on A4, with text that can be searched and copied. It says the same as the page that the browser prints.</summary>
public sealed class CertificatePdf(IStringLocalizer<Texts> texts, CommunityTime time, DocumentFont fonts)
{
    // Points: A4, and its margins.
    private const float Width = 595, Height = 842, Margin = 64, Inner = Width - 2 * Margin, Middle = Width / 2;
    private const float LineColumn = 84, HoursColumn = 84, Qr = 84;

    private static readonly SKColor Red = new(0xB0, 0x2A, 0x37);
    private static readonly SKColor Grey = new(0x5A, 0x52, 0x4E);

    /// <param name="paper">What it says.</param>
    /// <param name="link">Where it is verified.</param>
    public Outcome<byte[]> Write(CertificatePaper paper, string link)
    {
        using var stream = new MemoryStream();
        string missing;
        var metadata = new SKDocumentPdfMetadata { Title = $"{texts["Certificate.Title"]} {paper.Number}", Author = paper.Statement.Issuer, Creator = texts["App.Name"] };
        using (var document = SKDocument.CreatePdf(stream, metadata))
        {
            var canvas = document.BeginPage(Width, Height);
            var text = new PdfText(canvas, fonts);
            Draw(canvas, text, paper, link);
            missing = text.Missing;
            document.EndPage();
            document.Close();
        }

        return missing.Length > 0 ? new NotInFont(missing) : stream.ToArray();
    }

    private void Draw(SKCanvas canvas, PdfText text, CertificatePaper paper, string link)
    {
        var statement = paper.Statement;
        text.Line(texts["Certificate.NumberIs", paper.Number], Width - Margin, 84, 11, SKTextAlign.Right, Grey);
        text.Line(texts["Certificate.Title"], Middle, 138, 26, SKTextAlign.Center);
        var y = 196f;
        if (paper.WithdrawnAt is { } withdrawn)
        {
            text.Line(texts["Certificate.Void"], Middle, 56, 28, SKTextAlign.Center, Red);
            foreach (var part in text.Broken(texts["Certificate.WithdrawnOn", time.FullDay(time.DayOf(withdrawn)), paper.WithdrawnBecause ?? ""], Inner, 12))
            {
                text.Line(part, Middle, y - 28, 12, SKTextAlign.Center, Red);
                y += 18;
            }
        }

        y = text.Paragraph(texts["Certificate.Indent"] + CertificateWords.Sentence(texts, time, statement, statement.Name), Margin, y, Inner, 13.5f, 24);
        y = Table(canvas, text, statement, y + 6);
        Foot(canvas, text, paper, link, Math.Max(y + 44, Height - 250));
    }

    private float Table(SKCanvas canvas, PdfText text, CertificateStatement statement, float y)
    {
        const float Size = 11, Leading = 17, Pad = 8;
        using var rule = new SKPaint { Color = Grey, StrokeWidth = 0.7f, IsAntialias = true };
        Row(texts["Certificate.Line"], [texts["Certificate.What"]], texts["Certificate.Time"], Grey);
        foreach (var line in statement.Lines)
            Row(CertificateWords.Line(texts, line), text.Broken(CertificateWords.Content(texts, line), Inner - LineColumn - HoursColumn - 2 * Pad, Size), CertificateWords.Hours(texts, line.Seconds));
        Row(texts["Certificate.Total"], [""], CertificateWords.Hours(texts, statement.Seconds));
        canvas.DrawLine(Margin, y, Width - Margin, y, rule);
        return y;

        void Row(string first, IReadOnlyList<string> what, string hours, SKColor? colour = null)
        {
            canvas.DrawLine(Margin, y, Width - Margin, y, rule);
            var top = y + 18;
            text.Line(first, Margin + Pad, top, Size, colour: colour);
            foreach (var (index, part) in what.Index()) text.Line(part, Margin + LineColumn + Pad, top + index * Leading, Size, colour: colour);
            text.Line(hours, Width - Margin - Pad, top, Size, SKTextAlign.Right, colour);
            y = top + (what.Count - 1) * Leading + 10;
        }
    }

    private void Foot(SKCanvas canvas, PdfText text, CertificatePaper paper, string link, float y)
    {
        var statement = paper.Statement;
        var (at, label) = (y, Margin);
        foreach (var (key, value) in new[]
        {
            ("Certificate.Issuer", statement.Issuer), ("Certificate.InCharge", statement.InCharge), ("Certificate.Handler", statement.Handler),
            ("Certificate.Contact", statement.Contact), ("Certificate.IssuedOn", time.FullDay(statement.IssuedOn)),
        })
        {
            text.Line(texts[key], label, at, 11, colour: Grey);
            text.Line(value, label + 70, at, 11);
            at += 21;
        }

        text.Line(texts["Certificate.Seal"], Middle + 78, at - 21, 11, SKTextAlign.Center, Grey);
        DrawQr(canvas, link, Width - Margin - Qr, y - 14);
        text.Line(texts["Certificate.Code"], Width - Margin, y + Qr + 2, 9, SKTextAlign.Right, Grey);
        text.Line(CertificateCode.Shown(paper.Code), Width - Margin, y + Qr + 17, 11, SKTextAlign.Right);
        text.Paragraph(texts["Certificate.Law", link[..link.LastIndexOf('/')]], Margin, at + 26, Inner, 9, 14);
    }

    private static void DrawQr(SKCanvas canvas, string link, float x, float y)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(link, QRCodeGenerator.ECCLevel.M);
        var modules = data.ModuleMatrix;
        var side = Qr / modules.Count;
        using var dark = new SKPaint { Color = SKColors.Black };
        for (var row = 0; row < modules.Count; row++)
            for (var column = 0; column < modules.Count; column++)
                if (modules[row][column]) canvas.DrawRect(x + column * side, y + row * side, side, side, dark);
    }
}
