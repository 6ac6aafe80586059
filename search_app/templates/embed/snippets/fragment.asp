<%
' Shows the recommendation search and its results in this page. Works in a page of any charset: what the service
' answers is ASCII. The query is handed on exactly as the browser sent it.
Function RecommendationSearch()
  Dim answer
  On Error Resume Next
  Set answer = Server.CreateObject("MSXML2.ServerXMLHTTP.6.0")
  answer.setTimeouts 2000, 2000, 3000, 5000
  answer.open "GET", "{{ links.fragment() }}?{{ address }}&at=" & Server.URLEncode(Request.ServerVariables("SCRIPT_NAME")) & "&" & Request.ServerVariables("QUERY_STRING"), False
  answer.send
  If Err.Number = 0 Then
    If InStr(answer.getResponseHeader("Content-Type"), "text/html") = 1 And InStr(answer.responseText, "<div class=""rs""") = 1 Then
      RecommendationSearch = answer.responseText
    End If
  End If
  On Error GoTo 0
  If RecommendationSearch = "" Then
    RecommendationSearch = "<p><a href=""{{ links.search() }}"">{{ _("Search the recommendations") | forceescape }}</a></p>"
  End If
End Function

Response.Write RecommendationSearch()
%>
